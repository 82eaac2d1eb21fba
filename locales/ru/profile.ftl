# Профиль: имя, рассказ о себе и реквизиты.

line-empty = Здесь нечего показать. Напишите буквы, цифры или знаки.
line-too-long = Слишком длинно: символов — { $long }, а помещается { $max }. Напишите, пожалуйста, короче.

name-now = ✏️ Ваше имя: <b>{ $name }</b>
name-question = Как вас называть? Напишите другое имя, не длиннее { $max } символов. Все, кто вас видит, сразу увидят новое.
# Так читателя сейчас называет мессенджер.
name-elsewhere = Как в { $messenger }: { $name }
name-done = ✏️ Теперь ваше имя: <b>{ $name }</b>

about-none = 💬 На вашей карточке пока ничего о вас не сказано.
about-now = 💬 На вашей карточке о вас: «{ $about }»
about-question = Напишите несколько слов о себе, не длиннее { $max } символов. Если среди них есть ссылка, на карточке появится кнопка с ней.
about-remove = 🗑 Убрать текст
about-done = 💬 Теперь это есть на вашей карточке.
about-done-link = 💬 Теперь это есть на вашей карточке, и кнопка там открывает { $host }.
about-removed = 🗑 С вашей карточки убрано: «{ $about }»

payment-title = 💳 <b>Реквизиты</b>
payment-means = По ним вам передают помощь. Кто видит вашу карточку, видит их, пока ваш статус — Оранжевый 🔆 или Красный 🆘; кто пообещал вам помощь — пока не исполнит обещание.
payment-none = Пока их нет. Там, где они могли бы стоять, написано: спросите лично.
payment-line = { $name }: <code>{ $value }</code>
payment-line-default = ⭐ { $name }: <code>{ $value }</code>
payment-choice = 💳 { $name }
payment-add = ➕ Добавить
payment-full = Помещается { $max }. Чтобы добавить ещё, сначала удалите что-нибудь.
payment-show = 💳 Показать мои реквизиты
payment-name-question = Как их назвать? Напишите название, не длиннее { $max } символов, например: Карта, IBAN или PayPal.
payment-name-taken = Реквизиты с таким названием у вас уже есть. Напишите, пожалуйста, другое.
payment-value-question = <b>{ $name }</b>: что нужно, чтобы перевести вам деньги? Напишите номер, адрес или ссылку, не длиннее { $max } символов.
payment-value-is-name = Это снова название. Напишите то, что нужно для перевода: номер, адрес или ссылку.
payment-added = 💳 Добавлено: { $name }
payment-is-default = ⭐ Эти реквизиты видят первыми.
payment-edit-value = ✏️ Изменить
payment-edit-name = ✏️ Изменить название
payment-make-default = ⭐ Поставить первыми
payment-now-default = ⭐ Теперь первыми видят эти: { $name }
payment-changed = ✏️ Изменено: { $name }
payment-renamed = ✏️ Новое название: { $name }
payment-delete = 🗑 Удалить
payment-delete-sure = Удалить эти реквизиты?
payment-delete-yes = 🗑 Да, удалить
payment-keep = Нет, оставить
payment-deleted = 🗑 Удалено: { $name }
payment-deleted-default = 🗑 Удалено: { $name }. Теперь первыми видят эти: { $next }

# Как передать помощь: то, что читают другие.
pay-in-person = 💳 Реквизиты: спросите лично
pay-by = 💳 { $name }: <code>{ $value }</code>
# Кнопка, которая их копирует.
pay-copy = 📋 { $name }
pay-by-several = 💳 Реквизиты, первые — предпочтительные:
pay-by-one-of = – { $name }: <code>{ $value }</code>
