"""Transfers: what needs two people. An item changes hands, or goes from one unit to another.

Handover (ส่งมอบ-รับมอบ): items proposed to a new person in charge, who accepts or declines each;
until then the old one answers for them. Transfer (โอน, ให้ยืมใช้, ย้ายที่ตั้ง): a list of items
prepared, approved, sent and accepted, item by item; on the way they are held. Remark: "not mine",
"not here", said by the person in charge and settled by the storekeeper.

``states`` holds the tables of all three; ``rules/handing`` and ``rules/sending`` the verbs with two
sides, ``rules/placing`` the move to a room by scanning, ``rules/remarks`` the remarks. Every change
of place or person goes through ``assets.register.rules.moving``. ``papers`` prints the handover
paper, the list of a transfer, and what is in a person's name. ``leaving`` keeps a person from
leaving while things are in the person's name.
"""
