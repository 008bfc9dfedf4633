"""The person: identity, posts held with dates; facts about people that decisions above leave behind."""
