"""lexicon.py: the user's own files, read, checked, and merged over what ships."""

import pytest

from swnlp.errors import LexiconError
from swnlp.lexicon import Entry, Word, lexicon_from_dict, lexicon_to_dict, load_lexicon

SCHEME = """
id = "party_linkage"
name_zh = "党社联动"
name_en = "Party and society"
[[actor]]
kind = "party"
name_zh = "党组织"
name_en = "party organisations"
surfaces = ["党支部", "党组织"]
"""


def write(folder, name, text, encoding="utf-8"):
    (folder / name).write_text(text, encoding=encoding)
    return folder


def test_what_ships_has_both_schemes_with_their_actors():
    kinds = [actor.kind for actor in load_lexicon().scheme.actors]
    assert kinds == ["community", "social_org", "social_worker", "volunteer", "charity"]
    assert [actor.kind for actor in load_lexicon(scheme="three_societies").scheme.actors] == kinds[:3]


def test_a_table_of_names_may_have_chinese_headers_and_labels(tmp_path):
    write(
        tmp_path, "我的词典.csv", "名称,标签,类别,归并为\n红枫积分,项目,mechanism,\n积分制,项目,,红枫积分\n"
    )
    assert load_lexicon(tmp_path).user_entries == (
        Entry("红枫积分", "PROGRAM", "mechanism", None),
        Entry("积分制", "PROGRAM", None, "红枫积分"),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_what_excel_writes_is_read(tmp_path, encoding):
    write(tmp_path, "names.csv", "name,label\r\n“红枫”项目,PROGRAM\r\n", encoding)
    assert load_lexicon(tmp_path).user_entries == (Entry("“红枫”项目", "PROGRAM"),)


def test_plain_words_are_in_jiebas_format(tmp_path):
    write(tmp_path, "words.txt", "银龄积分\n网格员 5\n微心愿 3 n\n\n# 注释\n")
    assert load_lexicon(tmp_path).words == (Word("银龄积分"), Word("网格员", 5), Word("微心愿", 3, "n"))


def test_a_name_without_a_label_is_a_plain_word(tmp_path):
    write(tmp_path, "names.tsv", "name\tlabel\n微心愿\t\n")
    lexicon = load_lexicon(tmp_path)
    assert (lexicon.words, lexicon.user_entries) == ((Word("微心愿"),), ())


def test_the_users_scheme_can_be_chosen(tmp_path):
    write(tmp_path, "party.toml", SCHEME)
    scheme = load_lexicon(tmp_path, scheme="party_linkage").scheme
    assert [actor.name_zh for actor in scheme.actors] == ["党组织"]
    assert load_lexicon(tmp_path).scheme.scheme_id == "five_societies"


@pytest.mark.parametrize(
    ("name", "text", "where", "what"),
    [
        ("a.tsv", "name\tlabel\n红枫\tPROJECT\n", "a.tsv:2", "unknown label"),
        ("a.tsv", "name\tlabel\n\n# 注释\n\tPROGRAM\n", "a.tsv:4", "name is empty"),
        ("a.csv", "name,label\n红枫,PROGRAM,x,y\n", "a.csv:2", "more cells"),
        ("a.csv", "word,label\n红枫,PROGRAM\n", "a.csv:1", "header"),
        ("a.csv", "name,label,kind\n社工师,ACTOR,\n", "a.csv:2", "needs a kind"),
        ("a.csv", "name,label,alias_of\n红枫,,红枫计划\n", "a.csv:2", "no label"),
        ("a.txt", "微心愿 3 n 多余\n", "a.txt:1", "word [freq] [tag]"),
        ("a.toml", 'id = "x"\nname_zh = "x"\n', "a.toml", "lacks 'name_en'"),
        ("a.toml", 'id = "x"\nname_zh = "x"\nname_en = "x"\nextends = "five"\n', "a.toml", "no such scheme"),
        (
            "a.toml",
            'id = "x"\nname_zh = "x"\nname_en = "x"\nextends = "five_societies"\nkinds = ["cat"]\n',
            "a.toml",
            "no such kind",
        ),
        ("a.toml", "id = ", "a.toml", "Invalid value"),
    ],
)
def test_a_bad_line_is_an_error_with_file_and_line(tmp_path, name, text, where, what):
    write(tmp_path, name, text)
    with pytest.raises(LexiconError) as error:
        load_lexicon(tmp_path)
    assert where in str(error.value)
    assert what in str(error.value)


def test_one_surface_as_two_things_is_an_error(tmp_path):
    write(tmp_path, "a.csv", "name,label\n红枫,PROGRAM\n红枫,PLACE\n")
    with pytest.raises(LexiconError, match="defined twice"):
        load_lexicon(tmp_path)


def test_a_scheme_may_add_rows_to_another(tmp_path):
    write(tmp_path, "six.toml", SCHEME.replace("[[actor]]", 'extends = "five_societies"\n[[actor]]'))
    kinds = [actor.kind for actor in load_lexicon(tmp_path, scheme="party_linkage").scheme.actors]
    assert kinds == ["community", "social_org", "social_worker", "volunteer", "charity", "party"]


def test_a_missing_folder_and_an_unknown_scheme_are_errors(tmp_path):
    with pytest.raises(LexiconError, match="no such lexicon folder"):
        load_lexicon(tmp_path / "none")
    with pytest.raises(LexiconError, match="five_societies"):
        load_lexicon(scheme="six_societies")


def test_a_lexicon_survives_being_plain_values(tmp_path):
    write(tmp_path, "names.csv", "name,label,kind,alias_of\n红枫,PROGRAM,,红枫计划\n")
    write(tmp_path, "words.txt", "微心愿 3 n\n")
    lexicon = load_lexicon(tmp_path)
    assert lexicon_from_dict(lexicon_to_dict(lexicon)) == lexicon
