"""What the tests of figures share: a Chinese font, without which there are none."""

import pytest

from swnlp.errors import FontError
from swnlp.fonts import chinese_face


@pytest.fixture(scope="session")
def face():
    try:
        return chinese_face()
    except FontError as error:
        pytest.skip(str(error))
