# Helping with a collection: how much, what that means, and yes.

help-question-monthly = ❤️ How much are you willing to help <b>{ $name }</b> with this month?
help-question-emergency = 🤝 How much do you promise to help <b>{ $name }</b> with?
help-needs-monthly = 🔆 { $sum } a month is needed.
help-needs-by = 🆘 { $sum } is needed by { $date }.
help-missing = 🙏 Still missing: { $sum }
help-nothing-missing = 🙏 Everything has been promised or received already. More help is welcome all the same.
help-type-sum = Choose a sum, or type your own. For help in kind, type what it is worth; you can say what it is in a note.
help-ready-sum = { $sum }
help-all-missing = 🙏 Everything that is missing: { $sum }
    .brief = 🙏 All missing: { $sum }

help-sure-monthly = ❤️ Your intention: help { $name } with <b>{ $sum }</b> this month.
help-means-intention = You can change or withdraw an intention ❤️ at any time, turn it into a promise 🤝, or help at once.
help-confirm-intention = ❤️ Yes, I intend to
help-sure-emergency = 🤝 Your promise: help { $name } with <b>{ $sum }</b> in the emergency.
help-means-obligation = A promise 🤝 can’t be taken back, so please only promise what you are sure you can do.
help-confirm-obligation = 🤝 Yes, I promise { $sum }
help-more-than-missing = 🙏 That is more than is missing: { $missing }
help-change-sum = ✏️ Change the sum

help-done-monthly = ❤️ Thank you for your intention! { told-circle }
help-done-emergency = 🤝 Thank you for your promise! { told-circle }

# Where help can't be declared now.
help-own = 💰 This is your own collection, and you can’t support yourself. But you can invite others to help you.
help-invite = 🔗 Invite people
help-already = You are helping { $name } here already: <b>{ $sum }</b>, { $state }.
help-show-mine = 🤝 Show my help
help-paused = ⏸ { $name } has an emergency now, so this monthly collection is paused. You can help with the emergency.
help-with-emergency = 🆘 Help with the emergency
help-ended = This collection has ended. Perhaps { $name } needs something else?
help-card = 👤 { $name }
