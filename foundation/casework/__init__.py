"""Cases: one small engine over a frozen transition table, events, deadlines, attachments, notices, inbox."""
