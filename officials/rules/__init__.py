"""Pure rules about people: dates as papers write them, numbers of identity, résumés, retirement."""
