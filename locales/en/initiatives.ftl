# Initiatives: common projects that members vote for.

members-initiatives =
    { $count ->
        [0] 💡 Initiatives
       *[other] 💡 Initiatives ({ $count })
    }
initiatives-none = 💡 <b>Initiatives</b>: none is open at the moment. You can propose one: a common project, what it needs and by when. Your network and your trust list will be asked whether they want it.
initiatives-title =
    { $count ->
        [one] 💡 <b>Initiatives</b>: { $count } is open.
       *[other] 💡 <b>Initiatives</b>: { $count } are open.
    }
initiatives-one = 💡 { $voted } of { $sum } · { $title }
initiatives-to-over = 🗄 Archive ({ $count })
initiatives-over-title =
    { $count ->
        [one] 🗄 <b>Archive of initiatives</b>: { $count } that you proposed or voted for.
       *[other] 🗄 <b>Archive of initiatives</b>: { $count } that you proposed or voted for.
    }
initiative-former = Former initiative
initiative-title = 💡 <b>{ $title }</b>
initiative-by = Proposed by: { $name }
initiative-words = { $words }
initiative-sum = Needs: <b>{ $sum }</b>
initiative-bar = { $bar } { $percent }%
initiative-voted =
    { $count ->
        [0] ❤️ Nobody has voted yet.
        [one] ❤️ Voted: { $voted }, { $count } voter
       *[other] ❤️ Voted: { $voted }, { $count } voters
    }
initiative-promised = 🤝 Promised or given: { $sum }
initiative-received = 👍 Received: { $sum }
initiative-days-left =
    { $count ->
        [0] ⏳ Voting is open until { $date }: today is the last day.
        [one] ⏳ Voting is open until { $date }: { $count } day left.
       *[other] ⏳ Voting is open until { $date }: { $count } days left.
    }
initiative-promising =
    { $count ->
        [0] 🎉 It has the votes that it needs. Voters can promise until { $date }: today is the last day.
        [one] 🎉 It has the votes that it needs. Voters can promise until { $date }: { $count } day left.
       *[other] 🎉 It has the votes that it needs. Voters can promise until { $date }: { $count } days left.
    }
initiative-over-reached = 🎉 It got the votes that it needed, and { $promised } of { $sum } has been promised or given.
initiative-over-nobody = ✖️ It got the votes that it needed, but nobody promised anything.
initiative-over-expired = ✖️ It did not get the votes that it needed in time, so all intentions have ended.
initiative-over-held = ✖️ It had the votes that it needed, but on its last day whoever proposed it was suspended by the administrators. So all intentions have ended.
initiative-over-cancelled = ✖️ It was cancelled by whoever proposed it.
initiative-over-closed = ⛔ The administrators have closed it: “{ $why }”
initiative-news-line = 📣 <b>Latest news</b>
initiative-mine = Your vote: { $sum }, { $state }
initiative-paused = ⏸ The administrators have suspended whoever proposed it, so nothing goes on with it at present. Votes stay.
initiative-my-vote = ❤️ My vote
initiative-nothing-owed = A vote is an intention: you can change or withdraw it at any time, and nothing is due unless you promise it later.
initiative-vote-sum = ❤️ { $sum }
initiative-vote-other = ✏️ Another sum
initiative-lower = ✏️ Lower the sum
initiative-prolong = 📅 Prolong it (once)
initiative-tell =
    { $count ->
        [one] 📣 Tell its { $count } voter something
       *[other] 📣 Tell its { $count } voters something
    }
initiative-cancel = ✖️ Cancel the initiative
initiative-close = ⛔ Close it (administrators)

initiative-propose = 💡 Propose an initiative
propose-title = What should the initiative be called? At most { $max } characters.
propose-words = What is it for? You can add a link. At most { $max } characters.
propose-sum = How much does it need in all? For example { $example }.
propose-date = Until when can people vote? Name a day, such as { $example }, or type in how many days: { $longest } at most.
initiative-too-late = People can vote for { $longest } days at most. Please type a day up to { $last }, or how many days, for example 30.
propose-sure = 💡 <b>{ $title }</b>: { $sum } by { $date }. Is that right?
propose-means =
    { $count ->
        [0] There is nobody in your network or trust list yet who would be told. You can propose it all the same.
        [one] { $count } member of your network and trust list will be asked to vote. It is a vote, not a fund: nobody pays anything in, and nobody owes anything before they promise.
       *[other] { $count } members of your network and trust list will be asked to vote. It is a vote, not a fund: nobody pays anything in, and nobody owes anything before they promise.
    }
propose-yes = 💡 Yes, propose it
propose-no = No, leave it
propose-redo-title = ✏️ Change the name
propose-redo-words = ✏️ Change the text
propose-redo-date = ✏️ Change the date
propose-done =
    { $count ->
        [0] Your initiative is open. There is nobody yet who could be told.
        [one] Your initiative is open. { $count } member has been told.
       *[other] Your initiative is open. { $count } members have been told.
    }

vote-question = ❤️ <b>{ $title }</b>: with how much would you take part? It is an intention; you can change it at any time.
vote-already = You have voted for <b>{ $title }</b> already: { $sum }.
vote-done = ❤️ Your vote counts: { $sum }. When the initiative has the votes that it needs, you will be asked to promise it. You can change or withdraw it until then.
vote-done-reached = ❤️ Your vote counts: { $sum }. The initiative has the votes that it needs: you can promise yours until { $date }, and change or withdraw it until you do.
vote-over = <b>{ $title }</b> is over, so there is nothing to vote for any more.
vote-more = { $sum } is more than it still needs, { $missing }. What should your vote be?
vote-more-all = It has all the votes that it needs already. Vote with { $sum } all the same?
commitment-initiative = 💡 Initiative: { $title }
commitment-to-initiative = 💡 The initiative
next-vote-mine = You can change or withdraw your vote at any time. When the initiative has the votes that it needs, you will be asked to promise it.
next-vote-mine-reached = The initiative has the votes that it needs. Promise yours, and it becomes an obligation 🤝. What is not promised in time ends.
next-vote-for-me = { $name } can change or withdraw this vote at any time. When the initiative has the votes that it needs, all its voters will be asked to promise.
next-vote-for-me-reached = { $name } has been asked to promise. What is not promised in time ends.

initiative-sum-question = It needs { $sum } now. What lower sum would be enough?
initiative-sum-sure = Lower the sum from { $from } to { $sum }? It can’t be raised again.
initiative-sum-reaches = { $voted } has been voted already: by this, the initiative gets the votes that it needs, and the voters will be asked to promise.
initiative-sum-yes = Yes, { $sum } is enough
initiative-sum-done =
    { $count ->
        [0] It needs { $sum } from now on.
        [one] It needs { $sum } from now on. { $count } voter will hear of it.
       *[other] It needs { $sum } from now on. { $count } voters will hear of it.
    }
initiative-date-question = Until when can people vote? Name a later day, such as { $example }, or type in how many days from today: { $longest } at most. It can be prolonged once.
initiative-date-sure = Move the last day from { $from } to { $date }? It can’t be prolonged again.
initiative-date-yes = Yes, prolong it
initiative-date-done =
    { $count ->
        [0] Voting is open until { $date }.
        [one] Voting is open until { $date }. { $count } voter will hear of it.
       *[other] Voting is open until { $date }. { $count } voters will hear of it.
    }
initiative-news-question = What would you like to tell the voters? At most { $max } characters, once in 24 hours.
initiative-news-sure =
    { $count ->
        [one] Send this to { $count } voter?
       *[other] Send this to { $count } voters?
    }
initiative-news-too-soon = You have told them something already in the last 24 hours. You can do so again: { $time }.
initiative-news-yes = 📣 Yes, send it
initiative-news-done =
    { $count ->
        [0] There is nobody who could be told.
        [one] { $count } voter will hear of it.
       *[other] { $count } voters will hear of it.
    }
initiative-cancel-sure =
    { $count ->
        [0] Cancel <b>{ $title }</b>? Nobody has voted yet.
        [one] Cancel <b>{ $title }</b>? { $count } voter will be told. Intentions end; what has been promised stands.
       *[other] Cancel <b>{ $title }</b>? { $count } voters will be told. Intentions end; what has been promised stands.
    }
initiative-cancel-sure-untold = Cancel <b>{ $title }</b>? Nobody will be told. Intentions end; what has been promised or given stands.
initiative-cancel-yes = ✖️ Yes, cancel it
initiative-cancel-no = No, keep it
initiative-cancel-really = Really cancel <b>{ $title }</b>? This can’t be undone.
initiative-cancel-yes-really = ✖️ Yes, cancel it for good
initiative-cancelled =
    { $count ->
        [0] The initiative has been cancelled.
        [one] The initiative has been cancelled. { $count } voter has been told.
       *[other] The initiative has been cancelled. { $count } voters have been told.
    }
initiative-close-question = Why is this initiative to be closed? Everybody who can see it will read this. At most { $max } characters.
initiative-close-sure = Close <b>{ $title }</b>? The reason: “{ $why }”. Whoever proposed it and its voters will be told. Intentions end; what has been promised stands.
initiative-close-yes = ⛔ Yes, close it
initiative-close-no = No, leave it open
initiative-close-redo = ✏️ Change the reason
initiative-closed =
    { $count ->
        [0] The initiative has been closed, and whoever proposed it told.
        [one] The initiative has been closed. Whoever proposed it and { $count } voter have been told.
       *[other] The initiative has been closed. Whoever proposed it and { $count } voters have been told.
    }

refused-not-reached = The initiative does not have the votes that it needs yet. As soon as it has them, you will be asked to promise.
refused-reached-already = The initiative has the votes that it needs, so its sum and its date stay as they are now.
refused-not-lower = The sum can only be lowered. Type a smaller one.
refused-not-later = The date can only be moved to a later day.
refused-prolonged = It has been prolonged already, and that can be done once.
refused-too-many-initiatives = { $max } of your initiatives are open already, and that is as many as there may be. When one of them is over, you can propose another.

notice-initiative-proposed = 💡 <b>{ $name }</b> proposes an initiative: <b>{ $title }</b>. It needs { $sum } by { $date }. Would you take part?
notice-initiative-vote = ❤️ <b>{ $name }</b> votes for <b>{ $title }</b> with { $sum }.
notice-initiative-vote-changed = ✏️ <b>{ $name }</b> now votes for <b>{ $title }</b> with { $sum } instead of { $from }.
notice-initiative-vote-withdrawn = ✖️ <b>{ $name }</b> has withdrawn the vote for <b>{ $title }</b> ({ $sum }).
notice-initiative-reached = 🎉 <b>{ $title }</b> has the votes that it needs. Will you promise your { $sum }? You can answer until { $date }. A promise 🤝 can’t be taken back.
notice-initiative-reached-held = 🎉 <b>{ $title }</b> has the votes that it needs. Your vote ({ $sum }) is on hold during your emergency. If that is over in time, you can promise it until { $date }.
notice-initiative-reached-mine = 🎉 Your initiative <b>{ $title }</b> has the votes that it needs: { $voted }. The voters have been asked to promise by { $date }.
notice-initiative-paused = ⏸ <b>{ $title }</b>: the administrators have suspended whoever proposed it, so you can’t promise anything at the moment. Your vote ({ $sum }) stays. If the initiative goes on, I will ask you again.
notice-initiative-remind = 🔔 <b>{ $title }</b>: you can promise your { $sum } until { $date }. What is not promised by then ends.
notice-initiative-lowered = ✏️ <b>{ $title }</b> now needs { $sum } instead of { $from }.
notice-initiative-prolonged = 📅 <b>{ $title }</b>: voting is now open until { $date }.
notice-initiative-news = 📣 News of <b>{ $title }</b>: { $news }
notice-initiative-not-reached = ✖️ <b>{ $title }</b> did not get the votes that it needed in time: { $voted } of { $sum }. Your intention ({ $mine }) has ended.
notice-initiative-not-reached-mine = ✖️ Your initiative <b>{ $title }</b> did not get the votes that it needed in time: { $voted } of { $sum }. All intentions have ended.
notice-initiative-cancelled = ✖️ <b>{ $title }</b> has been cancelled. Your intention ({ $mine }) has ended.
notice-initiative-cancelled-promised = ✖️ <b>{ $title }</b> has been cancelled. What you have promised ({ $mine }) stands, unless { $name } forgives it.
notice-initiative-cancelled-given = ✖️ <b>{ $title }</b> has been cancelled. You have already given { $mine }; ask { $name } what becomes of it.
notice-initiative-closed = ⛔ The administrators have closed <b>{ $title }</b>. Your intention ({ $mine }) has ended. Its page says why.
notice-initiative-closed-promised = ⛔ The administrators have closed <b>{ $title }</b>. What you have promised ({ $mine }) stands, unless { $name } forgives it.
notice-initiative-closed-given = ⛔ The administrators have closed <b>{ $title }</b>. Its page says why. You have already given { $mine }; ask { $name } what becomes of it.
notice-initiative-closed-mine = ⛔ The administrators have closed your initiative <b>{ $title }</b>. Its page says why.
notice-initiative-promised = 🤝 <b>{ $title }</b>: the time to promise is over, and { $promised } has been promised or given. You have promised { $mine }; it is time to keep that.
notice-initiative-unpromised = ✖️ <b>{ $title }</b>: the time to promise is over, and your intention ({ $mine }) has ended.
notice-initiative-given = 👍 <b>{ $title }</b>: the time to promise is over. { $promised } of { $sum } has been promised or given, { $mine } of it by you. Thank you!
notice-initiative-held-over = ✖️ <b>{ $title }</b> is over: on its last day, whoever proposed it was suspended by the administrators. Your intention ({ $mine }) has ended.
notice-initiative-held-promised = 🤝 <b>{ $title }</b>: the time to promise is over. The administrators have suspended whoever proposed it; what you have promised ({ $mine }) stands.
notice-initiative-promised-mine = 🤝 <b>{ $title }</b>: the time to promise is over. The voters have promised or given { $promised } of { $sum }. You will be asked to confirm what reaches you.
notice-initiative-ended-meanwhile = ✖️ Your initiative <b>{ $title }</b> ended while you were suspended. Voted: { $voted } of { $sum }; promised or given: { $promised }.
notice-initiative-nobody-mine = ✖️ <b>{ $title }</b>: the time to promise is over, and nobody has promised anything.
notice-initiator-left = 🚪 Somebody whose initiative you voted for has left the bot. It is over, and you owe nothing for it: your vote or promise ({ $sum }) has been cancelled.
notice-initiator-left-given = 🚪 Somebody to whose initiative you have given { $mine } has left the bot, and the initiative is over. What you have given stays in your archive.
notice-voter-left = 🚪 Somebody who voted for <b>{ $title }</b> has left the bot. Their vote or promise ({ $sum }) has been cancelled.

initiative-group = 💬 Group chat
initiative-group-title =
    { $count ->
        [0] 💬 <b>{ $title }</b> is not connected to a group chat.
        [one] 💬 <b>{ $title }</b> is connected to { $count } group chat.
       *[other] 💬 <b>{ $title }</b> is connected to { $count } group chats.
    }
initiative-group-how = Add me to a group chat and send { $command } there. I will keep a card up to date in that chat, and say there what happens.
initiative-group-who-reads = Everybody in that chat will read what the initiative is for, who proposes it and how many votes it has; not who votes, nor with how much.
initiative-group-over =
    { $count ->
        [0] The initiative is over, so it can’t be connected to a chat any more.
        [one] The initiative is over. Its card stays in the chat and shows what came of it.
       *[other] The initiative is over. Its card stays in the chats and shows what came of it.
    }

group-initiative-how = ❤️ To vote: { $command }
group-initiative-help-out = To vote for <b>{ $title }</b>, open a private chat with me. You will find it there under Members → Initiatives.
group-initiative-help-out-over = <b>{ $title }</b> is over. To hear of the next one, open a private chat with me.
group-initiative-help-out-paused = ⏸ <b>{ $title }</b> is paused at the moment: nobody can vote for it. What has been promised stands.
group-initiative-several = You have several open initiatives. In the private chat with me, the page of the initiative says what to send here: 💬 Group chat.
group-initiative-none = To connect this chat with an initiative, you have to have proposed it, and it has to be open. In the private chat with me, its page says what to send here: 💬 Group chat.
group-initiative-proposed = 💡 <b>{ $name }</b> proposes an initiative: <b>{ $title }</b>. It needs { $sum } by { $date }.
group-initiative-vote = ❤️ <b>{ $title }</b>: one more vote.
group-initiative-promise = 🤝 <b>{ $title }</b>: one more promise.
group-initiative-given = 👍 <b>{ $title }</b>: help has arrived.
group-initiative-lowered = ✏️ <b>{ $title }</b> now needs { $sum } instead of { $from }.
group-initiative-prolonged = 📅 <b>{ $title }</b>: voting is now open until { $date }.
group-initiative-news = 📣 News of <b>{ $title }</b>: { $news }
group-initiative-reached = 🎉 <b>{ $title }</b> has the votes that it needs: { $voted }. The voters can promise until { $date }.
group-initiative-not-reached = ✖️ <b>{ $title }</b> did not get the votes that it needed in time: { $voted } of { $sum }.
group-initiative-cancelled = ✖️ <b>{ $title }</b> has been cancelled. Intentions have ended; what has been promised stands.
group-initiative-closed = ⛔ The administrators have closed <b>{ $title }</b>. Intentions have ended; what has been promised stands.
group-initiative-promised = 🤝 <b>{ $title }</b>: the time to promise is over. { $promised } of { $sum } has been promised or given.
group-initiative-nobody = ✖️ <b>{ $title }</b>: the time to promise is over, and nobody has promised anything.

leave-initiatives =
    { $count ->
        [one] Your initiative will be over, and everything about it erased.
       *[other] Your { $count } initiatives will be over, and everything about them erased.
    }
admin-initiatives = 💡 Open initiatives: { $count }
admin-to-initiatives = 💡 Initiatives ({ $count })
