"""Shelter for those who dare: fault tolerance (容错免责). Its effects on the yearly assessment stand here as facts."""
