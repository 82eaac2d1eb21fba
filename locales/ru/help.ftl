# Помощь сбору: сколько, что это значит, и согласие.

help-question-monthly = ❤️ <b>{ $name }</b>: на какую сумму вы готовы помочь в этом месяце?
help-question-emergency = 🤝 <b>{ $name }</b>: какую сумму вы обещаете?
help-needs-monthly = 🔆 Нужно { $sum } в месяц.
help-needs-by = 🆘 Нужно { $sum } к { $date }.
help-missing = 🙏 Ещё недостаёт: { $sum }
help-nothing-missing = 🙏 Вся сумма уже обещана или получена, но помощь не будет лишней.
help-type-sum = Выберите сумму или напишите свою.
help-ready-sum = { $sum }
help-all-missing = 🙏 Всю недостающую сумму: { $sum }

help-sure-monthly = ❤️ Вы хотите помочь в этом месяце: <b>{ $sum }</b>. Кому: { $name }.
help-means-intention = Намерение ❤️ можно изменить или отозвать в любой момент, превратить в обещание 🤝 или сразу исполнить.
help-confirm-intention = ❤️ Да, хочу помочь
help-sure-emergency = 🤝 Вы обещаете <b>{ $sum }</b> на экстренную помощь. Кому: { $name }.
help-means-obligation = Обещание 🤝 отозвать нельзя, поэтому обещайте только то, что точно сможете исполнить.
help-confirm-obligation = 🤝 Да, обещаю { $sum }
help-more-than-missing = 🙏 Это больше, чем недостаёт: { $missing }
help-change-sum = ✏️ Изменить сумму

help-done-monthly = ❤️ Спасибо, что хотите помочь! { told-circle }
help-done-emergency = 🤝 Спасибо за ваше обещание! { told-circle }

# Где помощь сейчас не объявить.
help-own = 💰 Это ваш собственный сбор, а помогать самому себе нельзя. Зато можно пригласить тех, кто поможет.
help-invite = 🔗 Пригласить
help-already = Вы здесь уже помогаете: <b>{ $sum }</b>, { $state }. Кому: { $name }.
help-show-mine = 🤝 Показать мою помощь
help-paused = ⏸ { $name } сейчас в экстренной ситуации, поэтому ежемесячный сбор приостановлен. Помочь можно в экстренном сборе.
help-with-emergency = 🆘 Помочь в экстренном сборе
help-ended = Этот сбор завершён. Может быть, { $name } просит о чём-то ещё?
help-card = 👤 { $name }
