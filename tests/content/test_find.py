"""content/find.py: a name finds its entity, whatever the script, the width or the quotes it is written in."""

import pyarrow as pa

from swnlp.content.find import entities_called

ENTITIES = pa.table(
    {
        "entity_id": ["program:暖心三明", "org:三明市民政局", "org:永安市民政局", "place:350400"],
        "name": ["暖心三明", "三明市民政局", "永安市民政局", "三明市"],
        "aliases": [["“暖心三明”", "暖心三明行动"], ["市民政局"], ["市民政局", "永安市民政局\n"], ["三明"]],
    }
)


def test_an_id_comes_before_a_name_and_a_name_before_an_alias():
    assert entities_called(ENTITIES, "place:350400") == ["place:350400"]
    assert entities_called(ENTITIES, "三明市") == ["place:350400"]
    assert entities_called(ENTITIES, "暖心三明行动") == ["program:暖心三明"]
    assert entities_called(ENTITIES, "三明市福利院") == []


def test_script_width_and_quotes_do_not_matter():
    assert entities_called(ENTITIES, "三明市民政局") == entities_called(ENTITIES, "“三明市民政局”")
    assert entities_called(ENTITIES, "暖心三明行動") == ["program:暖心三明"]


def test_all_that_share_a_name_are_told():
    assert entities_called(ENTITIES, "市民政局") == ["org:三明市民政局", "org:永安市民政局"]
