"""Errors of the service: raised anywhere, shown as problem+json (RFC 9457) or as a page, in Chinese."""

from __future__ import annotations

from collections.abc import Mapping

TITLES: Mapping[int, str] = {
    400: "请求有误",
    401: "请先登录",
    403: "没有权限",
    404: "没有找到",
    405: "不支持这种操作",
    409: "现在不能这样做",
    413: "文件太大",
    415: "不支持这种格式",
    422: "填写的内容有误",
    429: "操作太频繁",
    500: "服务出错",
    503: "服务暂时繁忙",
    507: "磁盘空间不足",
}


class Problem(Exception):
    """An expected failure. status: of HTTP; detail: one Chinese sentence; headers: more of them."""

    def __init__(
        self, status: int, detail: str, *, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail
        self.headers = dict(headers or {})

    @property
    def title(self) -> str:
        """The status in words."""
        return title(self.status)


def title(status: int) -> str:
    """A status of HTTP in Chinese words."""
    return TITLES.get(status, "请求未完成")


def missing(what: str = "您要的内容") -> Problem:
    """404 for what is not there, and for what this user may not know to be there."""
    return Problem(404, f"没有找到{what}，可能已被删除，或不在您的权限范围内。")


def forbidden(what: str = "这项操作") -> Problem:
    """403."""
    return Problem(403, f"您的账号不能进行{what}，如有需要请联系管理员。")


def frozen() -> Problem:
    """409 for a signed-off declaration."""
    return Problem(409, "这份申报书的评审已签署归档，不能再改动。")
