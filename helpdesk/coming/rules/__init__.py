"""The verb of the room: telling of warranties."""
