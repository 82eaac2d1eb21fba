# What the engine itself says in groups.

group-not-pinned = 📌 I can’t pin the card here: I’m not allowed to. An administrator of this chat can let me. The card stays up to date all the same.
group-let-go = I no longer keep a card in this chat.
