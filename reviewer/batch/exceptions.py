"""Enterprises that use no quota: a small YAML that the bureau keeps.

::

    不占名额:
      - {企业: 某某集团石家庄有限公司, 理由: 中央企业集团渠道申报}
      - {企业: 91130100XXXXXXXXXX, 理由: 通过验收的揭榜单位}
    领航推荐: [某某股份有限公司]
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from msgspec import Struct

from reviewer.batch.digest import Digest
from reviewer.errors import UsageError
from reviewer.model.folding import bare

_EXEMPT, _FIRM, _REASON, _NOMINEE = "不占名额", "企业", "理由", "领航推荐"


class Exceptions(Struct, frozen=True):
    """exempt: name or code → reason. nominees: put forward for the leading tier."""

    exempt: dict[str, str] = {}
    nominees: tuple[str, ...] = ()

    def reason(self, short: Digest) -> str:
        """Why an enterprise uses no quota, "" where it does."""
        for key in ("企业名称", "申报单位", "统一社会信用代码", "工厂名称"):
            value = bare(short.fields.get(key, ""))
            if value and value in self.exempt:
                return self.exempt[value]
            if value and value in self.nominees:
                return _NOMINEE
        return ""


def read(path: str) -> Exceptions:
    """The file's marks. Raises UsageError with one sentence."""
    if not path:
        return Exceptions()
    import yaml

    try:
        value = yaml.safe_load(Path(path).read_text(encoding="utf-8-sig"))
    except OSError as error:
        reason = error.strerror or "读取失败"
        raise UsageError(f"读不了名额标注文件“{path}”（{reason}），请检查路径。") from None
    except (yaml.YAMLError, UnicodeDecodeError):
        raise UsageError(
            f"名额标注文件“{path}”不是正确的 YAML，请对照 docs/batch.md 改正。"
        ) from None
    return _parsed(value, path)


def _parsed(value: Any, path: str) -> Exceptions:
    if not isinstance(value, dict) or not set(value) <= {_EXEMPT, _NOMINEE}:
        raise UsageError(f"名额标注文件“{path}”只认“{_EXEMPT}”和“{_NOMINEE}”两项，请改正。")
    exempt = {}
    for number, item in enumerate(value.get(_EXEMPT) or [], 1):
        if not isinstance(item, dict) or not item.get(_FIRM) or not item.get(_REASON):
            raise UsageError(
                f"名额标注文件“{path}”的“{_EXEMPT}”第 {number} 项要有“{_FIRM}”和“{_REASON}”。"
            )
        exempt[bare(str(item[_FIRM]))] = str(item[_REASON])
    nominees = value.get(_NOMINEE) or []
    if not isinstance(nominees, list):
        raise UsageError(f"名额标注文件“{path}”的“{_NOMINEE}”要是一个列表。")
    return Exceptions(exempt, tuple(bare(str(name)) for name in nominees))
