# О чём людям сообщают и чем на это можно ответить.

notice-answered = Вы на это уже ответили. Вот как обстоят дела сейчас.
notice-look = 👀 Посмотреть
notice-card = 👤 Карточка

notice-intention = ❤️ <b>{ $name }</b> хочет помочь вам, сумма — { $sum }.
notice-obligation = 🤝 <b>{ $name }</b> обещает помочь вам, сумма — { $sum }.
notice-changed = ✏️ <b>{ $name }</b> меняет своё намерение помочь вам: было { $from }, стало { $sum }.
notice-withdrawn = <b>{ $name }</b> отзывает намерение помочь вам, сумма — { $sum }.
notice-promised = 🤝 <b>{ $name }</b> обещает: помощь вам на { $sum } будет.
notice-claimed = 👍 <b>{ $name }</b> сообщает: помощь вам на { $sum } оказана. Вы её получили?
notice-reminded = 🔔 <b>{ $name }</b> напоминает: помощь вам на { $sum } оказана. Вы её получили?
notice-asked-to-promise = 🙏 <b>{ $name }</b> спрашивает, обещаете ли вы помочь. Сумма — { $sum }.
notice-asked-to-fulfil = 🙏 <b>{ $name }</b> просит вас исполнить обещание на { $sum }. Как передать помощь, спросите лично.
notice-confirmed = 👍 <b>{ $name }</b> подтверждает: { $sum } получено. Спасибо вам!
notice-not-received = <b>{ $name }</b> сообщает: { $sum } от вас не получено. Это снова обязательство 🤝.
notice-forgiven = 🕊 <b>{ $name }</b> освобождает вас от обещания на { $sum }.
notice-cancelled-covered = 🎉 Экстренный сбор участника <b>{ $name }</b> закрыт полностью. Ваше обещание на { $sum } больше не нужно. Спасибо!
notice-cancelled-ended = Участнику <b>{ $name }</b> больше не нужна ежемесячная помощь. Ваше намерение на { $sum } отменено. Спасибо!

notice-circle-intention = ❤️ <b>{ $name }</b> хочет помочь участнику { $friend }, сумма — { $sum }.
notice-circle-obligation = 🤝 <b>{ $name }</b> обещает помочь участнику { $friend }, сумма — { $sum }.
notice-circle-changed = ✏️ <b>{ $name }</b> меняет своё намерение помочь участнику { $friend }: теперь { $sum }.
notice-circle-withdrawn = <b>{ $name }</b> отзывает намерение помочь участнику { $friend }, сумма — { $sum }.
notice-circle-promised = 🤝 <b>{ $name }</b> обещает помочь участнику { $friend }, сумма — { $sum }.
notice-circle-claimed = 👍 <b>{ $name }</b> сообщает: помощь участнику { $friend } на { $sum } оказана.
notice-circle-confirmed = 👍 <b>{ $friend }</b> подтверждает: { $sum } от участника { $name } получено.

notice-opened-monthly = 🔆 <b>{ $name }</b> просит о помощи: { $sum } каждый месяц.
notice-opened-emergency = 🆘 <b>{ $name }</b> просит о срочной помощи: { $sum }, срок — { $date }.
notice-move-to-emergency = 🆘 <b>{ $name }</b> просит о срочной помощи: { $sum }, срок — { $date }. Ваше намерение на { $intention } пока приостановлено. Превратить его в обязательство 🤝 экстренного сбора?
notice-target-changed = ✏️ <b>{ $name }</b> теперь просит { $sum } вместо { $from }.
notice-date-changed = 📅 <b>{ $name }</b> переносит срок сбора: { $date }.
notice-ended-monthly = ✅ Участнику <b>{ $name }</b> больше не нужна ежемесячная помощь.
notice-ended-emergency =
    { $count ->
        [one] Экстренный сбор участника <b>{ $name }</b> завершён: собрано { $gathered } из { $sum }, помог { $count } участник.
        [few] Экстренный сбор участника <b>{ $name }</b> завершён: собрано { $gathered } из { $sum }, помогли { $count } участника.
       *[many] Экстренный сбор участника <b>{ $name }</b> завершён: собрано { $gathered } из { $sum }, помогли { $count } участников.
    }
notice-covered =
    { $count ->
        [one] 🎉 Экстренный сбор участника <b>{ $name }</b> закрыт полностью: собрано { $gathered } из { $sum }, помог { $count } участник.
        [few] 🎉 Экстренный сбор участника <b>{ $name }</b> закрыт полностью: собрано { $gathered } из { $sum }, помогли { $count } участника.
       *[many] 🎉 Экстренный сбор участника <b>{ $name }</b> закрыт полностью: собрано { $gathered } из { $sum }, помогли { $count } участников.
    }
notice-thanks =
    { $count ->
        [one] 🎉 Спасибо за помощь участнику <b>{ $name }</b>! Экстренный сбор завершён: собрано { $gathered } из { $sum }, помог { $count } участник.
        [few] 🎉 Спасибо за помощь участнику <b>{ $name }</b>! Экстренный сбор завершён: собрано { $gathered } из { $sum }, помогли { $count } участника.
       *[many] 🎉 Спасибо за помощь участнику <b>{ $name }</b>! Экстренный сбор завершён: собрано { $gathered } из { $sum }, помогли { $count } участников.
    }
