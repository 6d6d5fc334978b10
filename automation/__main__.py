"""``python -m automation`` is the command ``deliverybook``."""

from automation.front.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
