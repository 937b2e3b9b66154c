"""What --help says: one language a line, and at the end examples of what to type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from typer.core import TyperCommand

from swnlp.commands.output import terminal


class Example(NamedTuple):
    """What one wants to do, in Chinese and English, and what to type."""

    zh: str
    en: str
    line: str


EXAMPLES: dict[str, tuple[Example, ...]] = {
    "analyze": (
        Example("分析一个文件夹", "a folder of reports", "swnlp analyze 我的报告/ -o 结果"),
        Example("同段共现，带自己的词典", "by paragraph, with your own names",
                "swnlp analyze 我的报告/ -o 结果 --window paragraph --lexicon 我的词典/"),
        Example("一列为正文的表格", "a table of texts", "swnlp analyze 新闻.xlsx -o 结果 --text-column 正文"),
    ),
    "report": (
        Example("重新生成网页", "write the page again", "swnlp report 结果"),
        Example("写到别处", "write it elsewhere", "swnlp report 结果 -o 给同事.html"),
    ),
    "show": (
        Example("一条边的原文", "the sentences of an edge", "swnlp show 结果 社会工作者 五社联动"),
        Example("供程序读取", "for a program", "swnlp show 结果 社会工作者 五社联动 --json"),
    ),
    "read": (
        Example("先看读出了什么", "look before you analyse", "swnlp read 我的报告/"),
        Example("看一个文件的全文", "the whole text of one file", "swnlp read 年报.pdf --text"),
    ),
    "graph": (
        Example("全部名称的网络，供 Gephi", "all names, for Gephi", "swnlp graph 结果 --view full -o 全部.gexf"),
        Example("一个地区，供 UCINET", "one place, for UCINET", "swnlp graph 结果 --place 南平 -o 南平.dl"),
        Example("几年间显著的边", "significant edges of some years",
                "swnlp graph 结果 --years 2019-2023 --alpha 0.05 -o 显著.gexf"),
    ),
    "kwic": (
        Example("一个实体的每一处", "an entity, however it is called", "swnlp kwic 结果 社工"),
        Example("左右各 40 字，存为表格", "40 characters each side, as a table",
                "swnlp kwic 结果 积分制 --width 40 -o 积分制.csv"),
    ),
    "codes": (
        Example("自己的编码", "your own codes", "swnlp codes 结果 我的编码.toml -o 编码"),
    ),
    "indicators": (
        Example("有哪些指标", "which indicators there are", "swnlp indicators 结果"),
        Example("对比一个指标", "line one up", "swnlp indicators 结果 --subject 持证社工"),
    ),
    "keyness": (
        Example("各地区的特征词", "what sets places apart", "swnlp keyness 结果 --by place"),
        Example("各年份的实体，存为表格", "entities by year, as a table",
                "swnlp keyness 结果 --by year --of entities -o 逐年.csv"),
    ),
    "keywords": (
        Example("每篇十个关键词", "ten of each document", "swnlp keywords 结果"),
        Example("TextRank，每篇五个", "five, by TextRank", "swnlp keywords 结果 -n 5 --method textrank"),
    ),
    "cowords": (
        Example("五十个高频词，写出矩阵", "fifty terms, with matrices", "swnlp cowords 结果 -n 50 -o 共词"),
        Example("只看政策与项目", "initiatives only",
                "swnlp cowords 结果 --of entities --labels POLICY,PROGRAM -o 共词"),
    ),
    "topics": (
        Example("主题数自动选定", "their number is chosen", "swnlp topics 结果 -o 主题"),
        Example("八个 LDA 主题", "eight, by LDA", "swnlp topics 结果 -n 8 --method lda -o 主题"),
    ),
    "check": (
        Example("抽 200 处提及人工核对", "draw 200 mentions to judge", "swnlp check 结果 -o 抽查.xlsx"),
        Example("读回填好的表", "read the judgement", "swnlp check 结果 --read 抽查.xlsx"),
    ),
    "codebook": (
        Example("两人编码 100 句", "100 sentences for two", "swnlp codebook 结果 --coders 张三,李四 -n 100 -o 编码"),
    ),
    "qdpx": (
        Example("导出到 NVivo 等", "to NVivo and others", "swnlp qdpx 结果 -o 项目.qdpx"),
        Example("读回编码", "read codings back", "swnlp qdpx 结果 --read 项目.qdpx -o 编码"),
    ),
    "paper": (
        Example("论文的表、图与方法", "tables, figure, method", "swnlp paper 结果 -o 论文"),
        Example("表 2 分时期", "table 2 by period", "swnlp paper 结果 --period 2019-2021 --period 2022-2023 -o 论文"),
        Example("表 5 政策工具", "table 5, your codes", "swnlp paper 结果 --codes 编码.toml --rows 工具 --columns 领域"),
    ),
    "lexicon suggest": (
        Example("提出候选", "find candidates", "swnlp lexicon suggest 结果 -o 候选词.csv"),
    ),
    "lexicon check": (
        Example("检查词典", "check a lexicon", "swnlp lexicon check 我的词典/"),
        Example("哪些词条从未出现", "which entries never occur", "swnlp lexicon check 我的词典/ --in 结果"),
    ),
    "lexicon merges": (
        Example("写法如何归并", "how names were merged", "swnlp lexicon merges 结果 -o 归并.csv"),
    ),
    "tag": (
        Example("在网页里看名称", "see the names", "swnlp tag 我的报告/ --format html -o 标注.html"),
        Example("交给 Doccano 修改", "for Doccano", "swnlp tag 我的报告/ --format doccano -o 标注.jsonl"),
    ),
    "evaluate": (
        Example("对照标注评测", "score against annotation", "swnlp evaluate 我的标注.jsonl -o 评测"),
        Example("只看两种标签", "two labels only", "swnlp evaluate 我的标注.jsonl --labels PLACE,ORG"),
    ),
    "train": (
        Example("训练", "fit", "swnlp train 我的标注.jsonl -o 模型.json"),
        Example("使用", "use it", "swnlp analyze 我的报告/ -o 结果 --model 模型.json"),
    ),
}  # fmt: skip
EXIT_CODES = (
    "退出码 Exit codes: 0 完成 done; 1 没有可以分析的内容，或检查有发现 nothing to analyse, or a check found something; "
    "2 调用有误，屏幕上说明如何改正 a wrong call, stderr says what to mend; 130 已按 Ctrl-C 停止 stopped."
)


class Bilingual(TyperCommand):
    """A command whose help has each option, its Chinese and its English on lines of their own.

    typer's table would cut them off: rich takes a Chinese sentence for one word and counts characters where it should
    count columns, and a column of 16 is no place for a sentence.
    """

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401  (typer brings a click of its own)
        """Print the help on stdout, as typer does."""
        from rich.text import Text

        console = terminal()
        for line in _help_lines(self, ctx):
            console.print(Text(line, "bold" if _is_head(line) else "", overflow="fold"), soft_wrap=True)


def _is_head(line: str) -> bool:
    return line.startswith(("用法", "参数", "选项", "例 ", "  -"))


def _help_lines(command: TyperCommand, ctx: Any) -> Iterator[str]:  # noqa: ANN401
    params = command.get_params(ctx)
    arguments = [param for param in params if param.param_type_name == "argument"]
    options = [param for param in params if param.param_type_name == "option"]
    wanted = [f"{' '.join(param.opts)} {_values(param, ctx)}" for param in options if param.required]
    yield f"用法 Usage: {' '.join([ctx.command_path, *(_values(param, ctx) for param in arguments), *wanted, '[OPTIONS]'])}"
    yield ""
    yield from _apart(command.help or "")
    for head, listed in (("参数 Arguments", arguments), ("选项 Options", options)):
        if listed:
            yield from ("", head)
            for param in listed:
                yield from _param_lines(param, ctx)
    if command.epilog:
        yield from ("", *command.epilog.split("\n"))


def _param_lines(param: Any, ctx: Any) -> Iterator[str]:  # noqa: ANN401
    """Yield an option or argument: its names, its values and default, then what it is for."""
    is_flag = getattr(param, "is_flag", False)
    names = "/".join([", ".join(param.opts), *param.secondary_opts])
    name = (
        _values(param, ctx)
        if param.param_type_name == "argument"
        else names
        if is_flag
        else f"{names} {_values(param, ctx)}"
    )
    default = ""
    if param.required:
        default = "  [必填 required]"
    elif param.show_default and not is_flag and param.default is not None:
        default = f"  [默认 default: {param.default}]"
    yield f"  {name}{default}"
    yield from (f"      {line}" for line in _apart(param.help or ""))


def _values(param: Any, ctx: Any) -> str:  # noqa: ANN401
    """Return what may stand for a parameter: its metavar, else its choices or its type."""
    values = str(param.metavar or param.display_type(ctx).strip("<>"))
    return f"{values}..." if param.nargs == -1 else values


def _apart(text: str) -> list[str]:
    """Return the lines of a help text: its Chinese, its English, and a default that the text tells."""
    text = " ".join(text.split())
    return text.replace("。 ", "。\n", 1).replace(" [default", "\n[default", 1).split("\n")


def shown(command: str) -> str | None:
    """Return the examples of a command as the end of its help; None if it has none."""
    lines = [f"  {zh} {en}\n      $ {line}" for zh, en, line in EXAMPLES.get(command, ())]
    return "\n".join(["例 Examples", *lines]) if lines else None
