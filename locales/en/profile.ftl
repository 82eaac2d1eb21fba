# The profile: what I am called, what I say about myself, and how I can be paid.

line-empty = There is nothing to be seen in that. Please type letters, digits or signs.
line-too-long = That has { $long } characters, and there is room for { $max }. Please make it shorter.

name-now = ✏️ Your name: <b>{ $name }</b>
name-question = What should you be called? Type another name, { $max } characters at most. Everybody who can see you will see the new one from then on.
# What a messenger calls the reader by now.
name-elsewhere = As in { $messenger }: { $name }
name-sign = ✅, 🔆, 🆘 and ⏸ show here how somebody is. Please type the name without them.
name-done = ✏️ Your name from now on: <b>{ $name }</b>

about-none = 💬 Your card says nothing about you yet.
about-now = 💬 Your card says about you: “{ $about }”
about-question = Type a few words about yourself, { $max } characters at most. If there is a link among them, your card will have a button for it.
about-remove = 🗑 Remove the text
about-done = 💬 This is on your card now.
about-done-link = 💬 This is on your card now, with a button that opens { $host }.
about-removed = 🗑 Your card no longer says: “{ $about }”

payment-title = 💳 <b>Payment details</b>
payment-means = This is how help reaches you. Whoever sees your card reads them while you are Orange 🔆 or Red 🆘; whoever has promised you help reads them until it is done.
payment-none = You have none yet. Where they would stand, people read that they should ask you in person.
payment-line = { $name }: <code>{ $value }</code>
payment-line-default = ⭐ { $name }: <code>{ $value }</code>
payment-choice = 💳 { $name }
payment-add = ➕ Add
payment-full = There is room for { $max }. To add another one, delete one of these first.
payment-show = 💳 Show my payment details
payment-name-question = What should it be called? Type a name of { $max } characters at most, for example Card, IBAN or PayPal.
payment-name-taken = One of your payment details has that name already. Please type another name.
payment-value-question = <b>{ $name }</b>: what does somebody need to pay you by it? Type a number, an address or a link, { $max } characters at most.
payment-value-is-name = That is the name once more. Please type what somebody needs to pay you: a number, an address or a link.
payment-added = 💳 Added: { $name }
payment-is-default = ⭐ People read this one first.
payment-edit-value = ✏️ Change it
payment-edit-name = ✏️ Change its name
payment-make-default = ⭐ Make it the first
payment-now-default = ⭐ People read this one first now: { $name }
payment-changed = ✏️ Changed: { $name }
payment-renamed = ✏️ It is now called { $name }.
payment-delete = 🗑 Delete
payment-delete-sure = Delete these payment details?
payment-delete-yes = 🗑 Yes, delete
payment-keep = No, keep them
payment-deleted = 🗑 Deleted: { $name }
payment-deleted-default = 🗑 Deleted: { $name }. People read this one first now: { $next }

# How to pay somebody, as others read it.
pay-in-person = 💳 Payment details: ask in person
pay-by = 💳 { $name }: <code>{ $value }</code>
# A button that copies it.
pay-copy = 📋 { $name }
pay-by-several = 💳 Payment details, the first one preferred:
pay-by-one-of = – { $name }: <code>{ $value }</code>
