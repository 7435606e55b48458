from tests.contract.conftest import node

__all__ = ["node"]
