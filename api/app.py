"""The application put together."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from api import accounts, problem_pages
from api.db.engine import Database
from api.db.upgrade import upgrade
from api.middleware import Envelope, Metrics
from api.problems import Problem
from api.settings import Settings
from api.state import Service
from api.storage import StorageFull, open_storage
from reviewer import __version__
from reviewer.errors import UsageError

STATIC = Path(__file__).parent / "static"


def create(settings: Settings) -> FastAPI:
    """The service of these settings. UsageError where server mode has no account."""
    database = Database(settings.database_url)
    upgrade(database)
    _accounts(database, settings)
    service = Service(settings, database, open_storage(settings.storage_url))
    app = FastAPI(
        title="智能工厂申报书审阅",
        version=__version__,
        description="上传申报书、查看审阅、专家评判、批量分级的接口。错误以 problem+json 返回，说明为中文。",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
    )
    app.state.service = service
    app.state.metrics = Metrics()
    _routes(app)
    _errors(app)
    app.add_middleware(Envelope, settings=settings, metrics=app.state.metrics)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    service: Service = app.state.service
    service.storage.sweep()
    yield
    service.database.close()


def _accounts(database: Database, settings: Settings) -> None:
    with database.write() as session:
        if settings.local:
            accounts.local_user(session)
        elif not accounts.has_admin(session):
            raise UsageError(
                "服务器模式要先有管理员账号：请运行 reviewer user add 登录名 --role admin，再启动服务。"
            )


def _routes(app: FastAPI) -> None:
    from api.routes import ROUTERS

    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")


def _errors(app: FastAPI) -> None:
    logging.getLogger("alembic").setLevel(logging.WARNING)
    app.add_exception_handler(Problem, problem_pages.on_problem)
    app.add_exception_handler(HTTPException, problem_pages.on_http)
    app.add_exception_handler(RequestValidationError, problem_pages.on_invalid)
    app.add_exception_handler(OperationalError, problem_pages.on_busy)
    app.add_exception_handler(PoolTimeout, problem_pages.on_busy)
    app.add_exception_handler(StorageFull, problem_pages.on_full)
    app.add_exception_handler(Exception, problem_pages.on_crash)
