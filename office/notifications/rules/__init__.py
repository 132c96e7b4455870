"""The verbs of messages: route and deliver them, read them, choose how they come, bind devices."""
