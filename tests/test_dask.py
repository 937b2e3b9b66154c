"""engine.py on Dask: real worker processes, one of which is killed during the run."""

import os
import signal
import threading
import time

import pytest

import swnlp
from swnlp.errors import EngineError, MissingExtraError
from swnlp.settings import Settings

distributed = pytest.importorskip("distributed", reason="needs the extra: pip install 'swnlp[dask]'")
SMALL = Settings(batch_chars=1_000)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    for i in range(60):
        text = "".join(f"遵义市民政局第{i}次推动志愿者{j}名参与“五社联动”机制。\n" for j in range(60))
        (folder / f"{i:02}.txt").write_text(text, encoding="utf-8")
    return folder


def test_a_cluster_one_of_whose_workers_is_killed_gives_the_same_bytes(corpus, tmp_path, same_bytes):
    swnlp.analyze(corpus, tmp_path / "alone", settings=SMALL)
    killed = []
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:

        def kill_one_when_parts_appear():
            deadline = time.monotonic() + 60
            while time.monotonic() < deadline and not list(
                (tmp_path / "out").glob("parts/*.problems.parquet")
            ):
                time.sleep(0.02)
            pid = next(iter(cluster.workers.values())).pid
            os.kill(pid, signal.SIGKILL)
            killed.append(len(list((tmp_path / "out").glob("parts/*.problems.parquet"))))

        killer = threading.Thread(target=kill_one_when_parts_appear)
        killer.start()
        swnlp.analyze(corpus, tmp_path / "out", settings=SMALL, scheduler=cluster.scheduler_address)
        killer.join()
    assert killed, "the worker was not killed during the run"
    same_bytes(tmp_path / "alone", tmp_path / "out")


def test_a_scheduler_that_does_not_answer_is_an_error(corpus, tmp_path, monkeypatch):
    real = distributed.Client
    monkeypatch.setattr(distributed, "Client", lambda address, timeout: real(address, timeout="0.5s"))
    with pytest.raises(EngineError, match="no Dask scheduler"):
        swnlp.analyze(corpus, tmp_path / "out", scheduler="tcp://127.0.0.1:1")


def test_without_dask_the_error_names_the_extra(corpus, tmp_path, monkeypatch):
    def missing(module):
        raise ModuleNotFoundError(name=module)

    monkeypatch.setattr("swnlp.extras.import_module", missing)
    with pytest.raises(MissingExtraError, match=r"swnlp\[dask\]"):
        swnlp.analyze(corpus, tmp_path / "out", scheduler="tcp://127.0.0.1:1")
