"""The audit log: every reading and change, who, what, from where. No text of a document."""

from __future__ import annotations

from sqlalchemy import insert
from sqlalchemy.orm import Session

from api.access import Actor
from api.db.tables import Audit

ACTIONS = {
    "login": "登录",
    "login.failed": "登录失败",
    "logout": "退出",
    "upload": "上传",
    "read": "查看",
    "download": "下载",
    "delete": "删除",
    "assign": "分配专家",
    "unassign": "取消分配",
    "verdict": "评判问题",
    "correct": "更正场景",
    "score": "评分",
    "sign": "签署",
    "reconcile": "合议",
    "freeze": "归档",
    "unfreeze": "解除归档",
    "batch": "批量上传",
    "triage": "查看批次",
    "table": "生成汇总表",
    "marks": "标注名额",
    "batch.change": "修改批次",
    "user.add": "新增账号",
    "user.change": "修改账号",
    "token.add": "新建令牌",
    "token.revoke": "撤销令牌",
    "retention": "到期清除",
}

# Not the ORM's way, which costs several times as much: this is in every reading and upload.
_INSERT = insert(Audit.__table__)  # type: ignore[arg-type]


def note(session: Session, actor: Actor, action: str, subject: str = "", detail: str = "") -> None:
    """Write a line in the transaction of what it tells about."""
    line = {
        "user_id": actor.id,
        "login": actor.login[:80],
        "action": action,
        "subject": subject[:40],
        "address": actor.address[:60],
        "detail": detail[:200],
    }
    session.connection().execute(_INSERT, line)
