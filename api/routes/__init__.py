"""The routes: REST API under /api/v1, pages, health and metrics."""

from fastapi import APIRouter

from api.routes import (
    accounts,
    batches,
    declarations,
    drafts,
    login,
    ops,
    pages,
    pages_bureau,
    pages_policy,
    panel,
    policy,
)

ROUTERS: tuple[APIRouter, ...] = (
    ops.router,
    declarations.router,
    drafts.router,
    panel.router,
    batches.router,
    policy.router,
    accounts.router,
    login.router,
    pages.router,
    pages_bureau.router,
    pages_policy.router,
)
