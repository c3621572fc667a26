"""Reading what people write in cells: dates, periods, money, shares, values of KPIs."""

from reviewer.rules.dates import Day, Period, parse_day, parse_days, parse_period
from reviewer.rules.quantities import (
    Quantity,
    parse_integer,
    parse_money,
    parse_percent,
    parse_quantity,
)
from reviewer.rules.units import is_time, normal_unit

__all__ = [
    "Day",
    "Period",
    "Quantity",
    "is_time",
    "normal_unit",
    "parse_day",
    "parse_days",
    "parse_integer",
    "parse_money",
    "parse_percent",
    "parse_period",
    "parse_quantity",
]
