"""train/ and model.py: weights fitted to annotation, the file they are in, and what takes them up again."""

import json
import pickle
import subprocess
import sys
from collections import Counter

import pytest
from typer.testing import CliRunner

import swnlp
from swnlp.cli import app
from swnlp.errors import GoldError, MissingExtraError, ModelError, SettingsError, TrainingError
from swnlp.evaluate import ALL, evaluate
from swnlp.gold import read_gold
from swnlp.lexicon import load_lexicon
from swnlp.model import TABLES, load_model, make_model, shipped_model
from swnlp.resources import read_toml
from swnlp.tag import name_tagger
from swnlp.train import cross_validated, fold_of, train
from swnlp.train.examples import Examples, example_maker
from swnlp.train.fit import fit, fitted

run = CliRunner().invoke

# 行动 names an undertaking after 实施 and a plain word after 各项; quotes name one before 工程.
CITIES = ("遵义", "玉溪", "莆田", "泸州", "益阳", "衢州")
PARAGRAPHS = (
    "全市实施{}安居行动，各项工作行动有序。",
    "全市实施{}清河行动，各项帮扶行动有序。",
    "“{}红帆”工程惠及万人，做到“应保尽保”。",
    "“{}暖心”工程惠及万人，做到“应帮尽帮”。",
)


def annotated(city, number):
    text = PARAGRAPHS[number].format(city)
    end = text.index("，") if number < 2 else text.index("工程") + 2
    start = 4 if number < 2 else 0
    return {
        "id": f"{city}市-{number + 1}",
        "text": text,
        "entities": [{"label": "PROGRAM", "start": start, "text": text[start:end]}],
    }


@pytest.fixture(scope="module")
def gold(tmp_path_factory):
    path = tmp_path_factory.mktemp("train") / "gold.json"
    records = [annotated(city, i) for city in CITIES for i in range(len(PARAGRAPHS))]
    path.write_text(json.dumps(records, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def trained(gold):
    return train(gold, folds=3)


@pytest.fixture
def model(trained, tmp_path):
    trained.write(tmp_path / "model.json")
    return tmp_path / "model.json"


def test_every_reading_is_an_example_and_what_is_annotated_is_a_name(gold):
    examples = example_maker(load_lexicon())(read_gold(gold)[0])
    heads = examples["PROGRAM"]
    assert sum(heads.names) == 1
    assert len(heads.names) > 2
    assert heads.seen["head:行动"] == 2
    assert all("head:行动" in keys for keys in heads.features)


def test_optional_and_nested_names_are_no_examples(gold):
    text = read_gold(gold)[0]
    make = example_maker(load_lexicon())
    for change in ({"optional": True}, {"outer": False}):
        changed = text._replace(entities=tuple(e._replace(**change) for e in text.entities))
        assert sum(make(changed)["PROGRAM"].names) == 0


def test_weights_are_of_every_table_rounded_and_without_noughts(trained):
    assert list(trained.weights) == list(TABLES)
    for weights in trained.weights.values():
        assert next(iter(weights)) == "bias"
        assert all(round(weight, 1) == weight for weight in weights.values())
        assert all(weight for key, weight in weights.items() if key != "bias")


def test_a_table_without_examples_keeps_the_weights_that_ship_and_says_so(trained):
    assert trained.kept == ("POLICY", "WORK", "EVENT")
    assert trained.card["kept_as_shipped"] == ["POLICY", "WORK", "EVENT"]
    assert trained.weights["EVENT"] == shipped_model().weights("EVENT")
    assert trained.weights["PROGRAM"] != shipped_model().weights("PROGRAM")


def test_the_same_annotation_gives_the_same_bytes_in_another_process(trained, gold, tmp_path):
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "swnlp", "train", str(gold), "-o", "m.json", "--folds", "3"]
        subprocess.run(
            command, cwd=tmp_path, check=True, capture_output=True, env={"PYTHONHASHSEED": seed, "PATH": ""}
        )
        assert (tmp_path / "m.json").read_text(encoding="utf-8") == trained.to_json()


def test_the_card_says_what_the_model_was_made_from(trained, gold):
    card = trained.card
    (data,) = card["data"]
    assert (data["file"], data["texts"], data["sources"]) == ("gold.json", 24, 6)
    assert data["names"] == {"PROGRAM": 24}
    assert len(data["sha256"]) == 64
    assert card["date"] is None
    assert train(gold, folds=0, date="2026-11-24").card["date"] == "2026-11-24"
    assert card["cross_validation"]["scores"]["ALL"]["strict"]["gold"] == 24


def test_scores_are_those_of_weights_that_did_not_see_the_text(trained, gold):
    assert trained.scores[ALL].tallies["strict"]["PROGRAM"].gold == 24
    assert trained.scores[str(gold)].to_dict() == trained.scores[ALL].to_dict()


def test_no_text_is_tagged_with_weights_that_saw_its_fold(gold, monkeypatch):
    texts, words = read_gold(gold), load_lexicon()
    parts = [{"quoted": Examples(seen=Counter({text.id: 1}))} for text in texts]
    seen = []

    def note(rest):
        seen.append({key for part in rest for key in part["quoted"].seen})
        return shipped_model()

    monkeypatch.setattr("swnlp.train.training.fit_model", note)
    cross_validated(texts, parts, 3, words)
    folds = fold_of(texts, 3)
    assert seen == [{t.id for t, mine in zip(texts, folds, strict=True) if mine != fold} for fold in range(3)]


def test_a_head_noun_that_is_rare_has_no_weight_of_its_own():
    rows = [["head:行动", "long"], ["head:工程", "long"], ["head:行动"], ["head:工程"]] * 5
    examples = Examples(rows, ["long" in row for row in rows], Counter({"head:行动": 5, "head:工程": 4}))
    examples.names[2] = True
    assert "head:行动" in fitted(examples, 10.0)
    assert "head:工程" not in fitted(examples, 10.0)


def test_a_name_can_count_for_several_others():
    examples = Examples([["a"], ["a"], ["b"], ["b"]] * 5, [True, False, False, False] * 5)
    assert fitted(examples, 1.0, 3.0)["bias"] > fitted(examples, 1.0)["bias"]


def test_paragraphs_of_one_text_share_a_fold_and_folds_are_even(gold):
    texts = read_gold(gold)
    folds = fold_of(texts, 3)
    assert len({(text.source, fold) for text, fold in zip(texts, folds, strict=True)}) == len(CITIES)
    assert [folds.count(i) for i in range(3)] == [8, 8, 8]


def test_a_written_model_is_read_again_and_decides(model, trained):
    loaded = load_model(model)
    assert loaded.tables == trained.model.tables
    assert loaded.file == "model.json"
    text = "全市实施衢州安居行动，各项工作行动有序。"
    names = name_tagger(load_lexicon(), loaded)(text)
    assert "衢州安居行动" in [text[n.start : n.end] for n in names if n.label == "PROGRAM"]


def never(tmp_path):
    """A model to which no reading of a head noun or a quote is a name."""
    content = {
        "format": "swnlp-model-1",
        "card": {},
        "weights": {name: {"bias": -20.0} for name in TABLES},
    }
    (tmp_path / "never.json").write_text(json.dumps(content), encoding="utf-8")
    return tmp_path / "never.json"


TEXT = "遵义市民政局实施“遵才归雁”计划。"


def labels(nlp):
    return [e.label_ for e in nlp(TEXT).ents]


def test_the_pipeline_takes_a_model_and_a_saved_one_carries_it(tmp_path):
    nlp = swnlp.load(model=never(tmp_path))
    assert labels(swnlp.load()) == ["ORG", "PROGRAM"]
    assert labels(nlp) == ["ORG"]
    nlp.to_disk(tmp_path / "saved")
    (tmp_path / "never.json").unlink()
    import spacy

    assert labels(spacy.load(tmp_path / "saved")) == ["ORG"]
    assert labels(spacy.blank("zh", config=nlp.config).from_bytes(nlp.to_bytes())) == ["ORG"]
    assert labels(pickle.loads(pickle.dumps(nlp))) == ["ORG"]


def test_evaluate_and_tag_take_a_model(tmp_path):
    content = {"text": TEXT, "label": [[0, 6, "ORG"], [9, 13, "PROGRAM"]]}
    (tmp_path / "gold.jsonl").write_text(json.dumps(content), encoding="utf-8")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    weights = never(tmp_path)
    assert evaluate(tmp_path / "gold.jsonl").total.recall == 0.5
    assert evaluate(tmp_path / "gold.jsonl", model=weights).scores.tallies["strict"]["PROGRAM"].predicted == 0
    tagged = run(app, ["tag", str(tmp_path / "a.txt"), "--format", "jsonl", "--model", str(weights)]).stdout
    assert {e["label"] for e in json.loads(tagged)["entities"]} == {"ORG", "PLACE"}
    done = run(app, ["evaluate", str(tmp_path / "gold.jsonl"), "--model", str(weights), "--errors", "0"])
    assert done.exit_code == 0


def test_the_command_writes_the_model_and_shows_how_good_it_is(gold, tmp_path):
    out = tmp_path / "model.json"
    done = run(app, ["train", str(gold), "-o", str(out), "--folds", "2", "--date", "2026-11-24"])
    assert done.exit_code == 0
    assert "合计 ALL" in done.stdout
    assert "沿用自带的权重：POLICY、WORK、EVENT" in done.stdout
    assert json.loads(out.read_text(encoding="utf-8"))["card"]["date"] == "2026-11-24"


def test_what_cannot_be_trained_on_is_said(gold, tmp_path):
    one = tmp_path / "one.json"
    one.write_text(json.dumps([annotated("遵义", i) for i in range(4)] * 6), encoding="utf-8")
    with pytest.raises(TrainingError, match="at least two texts"):
        train(one)
    one.write_text(json.dumps(annotated("遵义", 0)), encoding="utf-8")
    with pytest.raises(TrainingError, match="Too little"):
        train(one)
    for options in ({"folds": 1}, {"folds": -1}, {"date": "24.11.2026"}):
        with pytest.raises(SettingsError):
            train(gold, **options)
    done = run(app, ["train", str(tmp_path / "none.json"), "-o", str(tmp_path / "m")])
    assert (done.exit_code, "none.json" in done.stderr) == (2, True)
    with pytest.raises(GoldError):
        train(tmp_path / "none.json")


def test_without_scikit_learn_the_extra_is_named(gold, monkeypatch):
    for name in [n for n in sys.modules if n.partition(".")[0] == "sklearn"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "sklearn", None)
    with pytest.raises(MissingExtraError, match=r"swnlp\[train\]"):
        train(gold)


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda text: text[:-20], r"\d+"),
        (lambda text: text.replace("swnlp-model-1", "pickle"), "1"),
        (lambda text: text.replace('"quoted": {', '"quotes": {'), "1"),
        (lambda text: text.replace('"bias": ', '"bias": "x", "b": ', 1), r"\d+"),
        (lambda text: text.replace('"bias": ', '"bias": NaN, "b": ', 1), r"\d+"),
        (lambda text: "[" * 100_000, "1"),
        (lambda text: "[]", "1"),
    ],
)
def test_a_file_that_is_no_model_is_named(model, change, line):
    model.write_text(change(model.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(ModelError, match=rf"model\.json:{line}: .*[一-鿿].*[A-Za-z]{{3}}"):
        load_model(model)


def test_a_model_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ModelError, match=r"none\.json"):
        load_model(tmp_path / "none.json")


def test_the_model_that_ships_is_that_of_the_resources():
    for name, (resource, key) in TABLES.items():
        assert shipped_model().weights(name) == read_toml(resource)[key]
    assert load_model() is shipped_model()
    assert hash(make_model({n: {"bias": 0.0} for n in TABLES}))


def test_fitting_learns_what_tells_names_from_words(gold):
    make = example_maker(load_lexicon())
    weights = fit([make(text) for text in read_gold(gold)])["PROGRAM"]
    assert max(weights, key=lambda key: weights[key]) != "bias"


@pytest.fixture
def report(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path / "a.txt"


def found(analysis):
    return set(analysis.mentions["label"])


def test_analyze_takes_a_model_and_its_content_shapes_the_run(report, tmp_path):
    out, weights = tmp_path / "out", never(tmp_path)
    assert "PROGRAM" in found(swnlp.analyze(report, out))
    done = run(app, ["analyze", str(report), "-o", str(out), "--model", str(weights), "-q"])
    assert done.exit_code == 0
    first = swnlp.open_analysis(out)
    assert "PROGRAM" not in found(first)
    assert first.settings.model == str(weights)
    assert first.run["model"] == {"file": "never.json", "sha256": load_model(weights).sha256}
    weights.write_text(weights.read_text(encoding="utf-8").replace("-20.0", "20.0"), encoding="utf-8")
    again = swnlp.analyze(report, out, settings=first.settings)
    assert "PROGRAM" in found(again)
    assert again.run["key"] != first.run["key"]


def test_workers_have_the_model_too(report, tmp_path):
    for name in ("b.txt", "c.txt"):
        (tmp_path / name).write_text(f"{name}：{TEXT}", encoding="utf-8")
    settings = swnlp.Settings(model=str(never(tmp_path)), batch_chars=1)
    results = [swnlp.analyze(tmp_path, tmp_path / f"out{n}", settings=settings, workers=n) for n in (1, 2)]
    assert "PROGRAM" not in found(results[0])
    assert results[0].mentions.equals(results[1].mentions)


def test_a_model_beside_a_pipeline_or_a_wrong_one_is_an_error(report, tmp_path):
    settings = swnlp.Settings(model=str(never(tmp_path)))
    with pytest.raises(SettingsError, match=r"swnlp\.load"):
        swnlp.analyze(report, settings=settings, nlp=swnlp.load())
    done = run(app, ["analyze", str(report), "-o", str(tmp_path / "out"), "--model", str(report)])
    assert (done.exit_code, "a.txt:1" in done.stderr) == (2, True)
    assert not (tmp_path / "out").exists()
