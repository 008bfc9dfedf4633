"""The ground floor: seven small packages, top to bottom exchange, casework, accounts, organizations, regulations, audit, common."""
