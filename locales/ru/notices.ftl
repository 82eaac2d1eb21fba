# О чём людям сообщают и чем на это можно ответить.

# У того, кто больше не пользуется ботом, нет имени; вместо него стоит это.
former-member = Бывший участник
# Везде, где названо имя, которое есть и у кого-то ещё, о ком можно подумать.
# На кнопке — короче, чтобы и на телефоне было видно, кто из них кто.
called-invited-by = { $name } (по приглашению: { $inviter })
    .brief = { $name } (🔗 { $inviter })
called-invited-by-you = { $name } (по вашему приглашению)
    .brief = { $name } (🔗 ваше)
called-since = { $name } (здесь с { $date })
    .brief = { $name } ({ $short })
# Пришли в одну минуту: первый из них, второй.
called-nth = { $name } ({ $number })
called-since-minute = { $name } (здесь с { $time })
    .brief = { $name } ({ $short })

notice-look = 👀 Посмотреть
notice-card = 👤 Карточка
notice-move = 🤝 Пообещать в экстренном сборе
    .brief = 🤝 Пообещать 🆘
notice-ask-again = 🆘 Попросить снова
notice-release = 🕊 Что остаётся в силе

# Чем закончился сбор: стоит внутри других сообщений.
notice-gathered =
    { $count ->
        [0] собрано { $gathered } из { $sum }
        [one] собрано { $gathered } из { $sum }, помог { $count } участник
        [few] собрано { $gathered } из { $sum }, помогли { $count } участника
       *[many] собрано { $gathered } из { $sum }, помогли { $count } участников
    }

notice-intention = ❤️ <b>{ $name }</b> хочет помочь вам: { $sum }.
notice-obligation = 🤝 <b>{ $name }</b> обещает помочь вам: { $sum }.
notice-changed = ✏️ <b>{ $name }</b> меняет своё намерение помочь вам: было { $from }, стало { $sum }.
notice-withdrawn = ✖️ <b>{ $name }</b> отзывает намерение помочь вам: { $sum }.
notice-promised = 🤝 <b>{ $name }</b> теперь обещает помочь вам: { $sum }.
notice-claimed = 🤝→👍 <b>{ $name }</b> сообщает: помощь передана, { $sum }. Она дошла?
notice-claimed-part = 🤝→👍 <b>{ $name }</b> сообщает: передана часть обещанной помощи, { $sum }. Она дошла? Остаётся обещанием 🤝: { $left }.
notice-reminded = 🔔 <b>{ $name }</b> напоминает: помощь передана, { $sum }. Она дошла?
notice-asked-to-promise = 🙏 <b>{ $name }</b> просит вас пообещать помощь: { $sum }. Обещание 🤝 отозвать нельзя.
commitment-pool = ☂️ Касса: { $pool }
notice-asked-to-fulfil = 🙏 <b>{ $name }</b> просит вас исполнить обещание: { $sum }.
notice-asked-to-write = ✍️ <b>{ $name }</b> просит написать: нужно договориться, как передать помощь ({ $sum }).
notice-confirmed = 👍 <b>{ $name }</b> подтверждает: помощь дошла, { $sum }. Спасибо вам!
notice-not-received = ✖️ <b>{ $name }</b> сообщает: помощь пока не дошла, { $sum }. Теперь это обещание 🤝.
notice-not-received-part = ✖️ <b>{ $name }</b> сообщает: часть помощи пока не дошла, { $part }. Это снова часть вашего обещания 🤝, всего { $sum }.
notice-not-received-overdue = ✖️ <b>{ $name }</b> сообщает: помощь пока не дошла, { $sum }. Ваше обещание просрочено ⏳.
notice-not-received-part-overdue = ✖️ <b>{ $name }</b> сообщает: часть помощи пока не дошла, { $part }. Это снова часть вашего просроченного обещания ⏳, всего { $sum }.
notice-confirmation-taken-back = ↩️ <b>{ $name }</b> отменяет подтверждение: ваша помощь снова ждёт его, { $sum }.
notice-forgiven = 🕊 <b>{ $name }</b> прощает вам обещание: { $sum }.
notice-cancelled-covered = 🎉 <b>{ $name }</b>: экстренный сбор закрыт полностью. Ваше обещание ({ $sum }) больше не нужно. Спасибо!
notice-cancelled-ended = ✅ <b>{ $name }</b>: ежемесячная помощь больше не нужна. Ваше намерение ({ $sum }) отменено. Спасибо!
notice-invite-made = 🔗 <b>{ $name }</b> приглашает других помочь вам. Кто откроет это приглашение, увидит вашу карточку и сможет вам помочь.
notice-taken-back-part = ↩️ <b>{ $name }</b> сообщает: часть помощи ещё не передана, { $part }. Это снова часть обещания 🤝, всего { $sum }.
notice-taken-back-overdue = ↩️ <b>{ $name }</b> сообщает: помощь ещё не передана, { $sum }. Обещание просрочено ⏳.
notice-taken-back-part-overdue = ↩️ <b>{ $name }</b> сообщает: часть помощи ещё не передана, { $part }. Это снова часть просроченного обещания ⏳, всего { $sum }.
notice-taken-back = ↩️ <b>{ $name }</b> сообщает: помощь ещё не передана, { $sum }. Теперь это обещание 🤝.

notice-circle-intention = ❤️ <b>{ $name }</b> → { $friend }: хочет помочь, { $sum }.
notice-circle-obligation = 🤝 <b>{ $name }</b> → { $friend }: обещает помочь, { $sum }.
notice-circle-changed = ✏️ <b>{ $name }</b> → { $friend }: меняет своё намерение, теперь { $sum }.
notice-circle-withdrawn = ✖️ <b>{ $name }</b> → { $friend }: отзывает намерение помочь, { $sum }.
notice-circle-promised = 🤝 <b>{ $name }</b> → { $friend }: обещает помочь, { $sum }.
notice-circle-claimed = 🤝→👍 <b>{ $name }</b> → { $friend }: { $sum }, помощь передана.
notice-circle-confirmed = 👍 <b>{ $name }</b> → { $friend }: { $sum }, помощь дошла.

notice-opened-monthly = 🔆 <b>{ $name }</b> просит о помощи: { $sum } каждый месяц.
notice-opened-emergency = 🆘 <b>{ $name }</b> просит об экстренной помощи: { $sum } к { $date }.
notice-move-to-emergency = 🆘 <b>{ $name }</b> просит об экстренной помощи: { $sum } к { $date }. Ваше намерение ({ $intention }) пока приостановлено. Пообещать эту сумму в экстренном сборе 🤝?
notice-target-changed = ✏️ <b>{ $name }</b> теперь просит { $sum } вместо { $from }.
notice-date-changed = 📅 <b>{ $name }</b> переносит срок сбора на { $date }.
notice-date-changed-promised = 📅 <b>{ $name }</b> переносит срок сбора на { $date }. Вы обещали 🤝 { $promised }.
notice-ended-monthly = ✅ <b>{ $name }</b>: ежемесячная помощь больше не нужна.
notice-ended-emergency = ✅ <b>{ $name }</b>: экстренный сбор завершён, { notice-gathered }.
notice-covered = 🎉 <b>{ $name }</b>: экстренный сбор закрыт полностью, { notice-gathered }.
notice-covered-mine = 🎉 Ваш экстренный сбор закрыт полностью: { notice-gathered }.
notice-thanks = 🎉 <b>{ $name }</b>: экстренный сбор завершён, { notice-gathered }. Спасибо вам за помощь!
notice-ended-promised = ✅ <b>{ $name }</b>: экстренный сбор завершён, { notice-gathered }. Ваше обещание 🤝 ({ $promised }) остаётся в силе.
notice-ended-monthly-promised = ✅ <b>{ $name }</b>: ежемесячная помощь больше не нужна. Ваше обещание 🤝 ({ $promised }) остаётся в силе.
notice-ended-claimed = ✅ <b>{ $name }</b>: сбор завершён. Ваша помощь ({ $promised }) 🤝→👍 ещё ждёт подтверждения.
notice-ran-out = 📅 Срок вашего экстренного сбора истёк: { notice-gathered }.
notice-ran-out-mine = 📅 Срок вашего экстренного сбора истёк: { notice-gathered }. Если вам что-то обещали, это остаётся в силе.
notice-ran-out-claimed = { notice-ran-out-mine } Часть помощи уже оказана, но ещё не подтверждена: загляните в Органайзер.

notice-ring-monthly = 🔆 <b>{ $name }</b> просит о ежемесячной помощи. В этом месяце пока недостаёт 🙏: { $missing }.
notice-ring-emergency = 🆘 <b>{ $name }</b> просит об экстренной помощи к { $date }. Пока недостаёт 🙏: { $missing }.

notice-remind-monthly = ⏰ <b>{ $name }</b>: вы обещали помочь, { $sum }. Месяц заканчивается { $date }, потом обещание будет просрочено.
notice-ends-soon = 📅 Ваш экстренный сбор завершится { $date }, а недостаёт ещё { $missing }. Если нужно больше времени, срок можно изменить.
notice-remind-emergency = ⏰ <b>{ $name }</b>: вы обещали помочь в экстренном сборе, { $sum }. Срок — { $date }.
