"""What is said of files that are no declaration in a format that we read."""

from __future__ import annotations

from reviewer.errors import EncryptedFile, UnreadableFile, UnsupportedFormat
from reviewer.parsing.trouble import RESAVE, Trouble

_HAND_IN = "请改交 Word 格式（.docx）的申报书"
_CONVERT = RESAVE

_SAYINGS: dict[str, tuple[type[UnreadableFile], str, str]] = {
    "empty": (UnreadableFile, "文件是空的", "请重新取得完整的文件再试"),
    "encrypted": (EncryptedFile, "文件设有打开密码", "请先在 Word 或 WPS 中解除密码再试"),
    "doc": (UnsupportedFormat, "这是旧版 Word（.doc）文档", _CONVERT),
    "wps": (UnsupportedFormat, "这是 Works 文字处理（.wps）文档", _CONVERT),
    "rtf": (UnsupportedFormat, "这是 RTF 文档，不是 .docx", _CONVERT),
    "odt": (UnsupportedFormat, "这是 OpenDocument 文档，不是 .docx", _CONVERT),
    "xml": (UnsupportedFormat, "这是 XML 文件，不是 .docx", _CONVERT),
    "html": (UnsupportedFormat, "这是网页（HTML）文件，不是 Word 文档", _CONVERT),
    "text": (UnsupportedFormat, "这是纯文本文件，不是 Word 文档", _HAND_IN),
    "pdf": (UnsupportedFormat, "这是 PDF 文件，本版尚不能读取", _HAND_IN),
    "ofd": (UnsupportedFormat, "这是 OFD 版式文件，不是 Word 文档", _HAND_IN),
    "xlsx": (UnsupportedFormat, "这是 Excel 工作簿，不是 Word 文档", _HAND_IN),
    "xls": (UnsupportedFormat, "这是 Excel 工作簿，不是 Word 文档", _HAND_IN),
    "pptx": (UnsupportedFormat, "这是 PowerPoint 演示文稿，不是 Word 文档", _HAND_IN),
    "ppt": (UnsupportedFormat, "这是 PowerPoint 演示文稿，不是 Word 文档", _HAND_IN),
    "zip": (
        UnsupportedFormat,
        "这是压缩包或已损坏的文件，其中没有 Word 正文",
        "请解压后选择其中的申报书，或重新取得完整的文件再试",
    ),
    "archive": (UnsupportedFormat, "这是压缩包", "请解压后选择其中的申报书"),
    "image": (UnsupportedFormat, "这是图片，不是 Word 文档", _HAND_IN),
}
_UNKNOWN = (UnsupportedFormat, "内容不是 Word 文档，可能已损坏", RESAVE)


def refusal(kind: str) -> Trouble:
    """The error for a file of this kind (see ``detect.kind``)."""
    return Trouble(*_SAYINGS.get(kind, _UNKNOWN))
