"""What the terminal shows of a check: what was drawn, precision and recall with their intervals, troubles, corrections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Group
from rich.table import Table
from rich.text import Text

from swnlp.analysis import Analysis
from swnlp.validation.corrections import Written
from swnlp.validation.reading import Reading
from swnlp.validation.sample import Drawn
from swnlp.validation.scores import Score


def drawn_lines(drawn: Sequence[Drawn], path: Path, folder: Path) -> Iterator[str]:
    """Yield what was drawn and what to do with it."""
    counts = Counter(d.candidate.stratum for d in drawn)
    sizes = {d.candidate.stratum: d.size for d in drawn}
    strata = "，".join(f"{name} {count}/{sizes[name]}" for name, count in sorted(counts.items()))
    yield f"抽取 {len(drawn)} 处（{strata}），已写入 {path}  drawn and written there"
    yield f"填好后运行 when filled in: swnlp check {folder} --read {path}"


def reading_report(
    reading: Reading, analysis: Analysis, files: Sequence[Path], *, kept: Written | None, where: Path
) -> Group:
    """Return the tables of precision and recall, every trouble, and where corrections went."""
    judged = sum(s.judged for s in reading.strata)
    head = f"{reading.rows} 行中判断了 {judged} 行，不确定 {reading.unsure} 行  {judged} of {reading.rows} rows judged"
    parts: list[Text | Table] = [Text(head)]
    if reading.run and not str(analysis.run["key"]).startswith(reading.run):
        parts.append(
            Text(
                "抽样之后结果已重新生成，精确率是那时的结果的。 The result was made anew since the sample was drawn."
            )
        )
    parts.append(_table("精确率 precision", [*reading.strata, reading.total], sizes=True))
    if reading.recall:
        title = f"召回率 recall（已查 {reading.sentences} 句 sentences read）"
        parts.append(_table(title, reading.recall, sizes=False))
    parts += [Text(f"未采用 not taken: {trouble}", style="yellow") for trouble in reading.troubles]
    parts += _corrected(reading, kept, where)
    parts.append(Text(f"已写入 {'、'.join(map(str, files))}  written there"))
    return Group(*parts)


def _corrected(reading: Reading, kept: Written | None, where: Path) -> Iterator[Text]:
    if kept is None:
        return
    counts = Counter(c.action for c in reading.corrections)
    actions = "，".join(f"{action} {count}" for action, count in counts.items())
    yield Text(
        f"更正 {len(reading.corrections)} 条（{actions}），新增 {kept.new}、替换 {kept.replaced}，共 {kept.total} 条，"
        f"在 {where}  corrections"
    )
    yield Text(f"采用更正 to apply them: swnlp analyze … --corrections {where}")


def _table(title: str, scores: Sequence[Score], *, sizes: bool) -> Table:
    table = Table(title=title, title_justify="left")
    columns = (
        ("层 stratum", "总数 size", "判断 judged", "对 right")
        if sizes
        else ("标签 label", "找到且对 found, right", "应有 due")
    )
    for at, name in enumerate((*columns, "比例 share", "95% 区间 Wilson")):
        table.add_column(name, justify="left" if at == 0 else "right")
    for s in scores:
        counts = (
            (str(s.size), str(s.judged), f"{s.right:g}")
            if sizes
            else (f"{s.right:.1f}", f"{s.right + s.judged - s.size:.1f}")
        )
        share = "—" if s.share is None else f"{s.share:.1%}"
        interval = "—" if s.low is None or s.high is None else f"{s.low:.1%}–{s.high:.1%}"
        table.add_row(s.name, *counts, share, interval)
    return table
