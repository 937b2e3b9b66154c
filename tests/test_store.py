"""store.py: a result folder is ours or left alone, whole or not there."""

import pyarrow as pa
import pytest

from swnlp import store
from swnlp.errors import AnalysisError, OutputError
from swnlp.schema import MAPPED, PROBLEMS, to_table


def tables(text):
    rows = {"problems": [(text, "read", "ReadError", "空文件")]}
    return {name: to_table(schema, rows.get(name, [])) for name, schema in MAPPED.items()}


def test_a_folder_with_other_things_is_never_written_into(tmp_path):
    (tmp_path / "thesis.docx").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="not a result of swnlp"), store.claimed(tmp_path):
        pass
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_file_is_no_output_folder(tmp_path):
    path = tmp_path / "out"
    path.write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="Is a file"), store.claimed(path):
        pass
    with pytest.raises(OutputError, match="Cannot be written"), store.claimed(path / "below"):
        pass


def test_two_runs_into_one_folder_are_one_too_many(tmp_path):
    with store.claimed(tmp_path / "out"):
        with pytest.raises(OutputError, match="Another run"), store.claimed(tmp_path / "out"):
            pass
    with store.claimed(tmp_path / "out"):
        pass


def test_parts_are_joined_in_the_order_of_their_keys(tmp_path):
    with store.claimed(tmp_path / "out"):
        for key in ("bb", "aa"):
            store.write_part(tmp_path / "out", key, tables(key))
        first = to_table(PROBLEMS, [("first", "read", "ReadError", "x")])
        store.join_parts(tmp_path / "out", ["bb", "aa"], "problems", first)
    table = store.read_table(tmp_path / "out", "problems")
    assert table["path"].to_pylist() == ["first", "bb", "aa"]
    assert table.schema == PROBLEMS


def test_a_part_is_there_only_when_it_is_whole(tmp_path):
    with store.claimed(tmp_path / "out"):
        store.write_part(tmp_path / "out", "aa", tables("x"))
        assert store.has_part(tmp_path / "out", "aa")
        store.part_path(tmp_path / "out", "aa", "problems").unlink()
        assert not store.has_part(tmp_path / "out", "aa")


def test_parts_of_other_inputs_and_half_written_files_are_removed(tmp_path):
    out = tmp_path / "out"
    with store.claimed(out):
        for key in ("aa", "bb"):
            store.write_part(out, key, tables(key))
        (out / "parts" / "aa.mentions.parquet.tmp").touch()
        store.drop_other_parts(out, ["aa"])
    assert {p.name.split(".")[0] for p in (out / "parts").iterdir()} == {"aa"}
    assert not list(out.rglob("*.tmp"))


def test_what_a_killed_run_left_half_written_is_removed(tmp_path):
    out = tmp_path / "out"
    with store.claimed(out):
        (out / ".graph.gexf.0a1b.tmp").touch()
        (out / "tables" / "edges.parquet.tmp").touch()
        (out / "spill").mkdir()
        (out / "spill" / "duckdb_temp_0.tmp").touch()
    with store.claimed(out):
        pass
    assert not list(out.rglob("*.tmp"))
    assert not (out / "spill").exists()


def test_what_is_not_a_finished_result_says_so(tmp_path):
    with pytest.raises(AnalysisError, match="不是 swnlp 的结果文件夹"):
        store.read_run(tmp_path)
    with store.claimed(tmp_path / "out"):
        pass
    with pytest.raises(AnalysisError, match="分析没有完成"):
        store.read_run(tmp_path / "out")
    with pytest.raises(AnalysisError, match="no table 'entitys'"):
        store.read_table(tmp_path / "out", "entitys")


def test_every_column_says_what_it_means():
    for schema in MAPPED.values():
        assert all(field.metadata[b"meaning"] for field in schema)
        assert isinstance(to_table(schema, []), pa.Table)
