import type { PublicWords } from '../types.ts'

export const publicPages: PublicWords = {
  'language.tag': 'es',
  'language.name': 'Español',
  'language.switch': 'Idioma',

  'page.leave': 'Salir rápido',
  'page.leave.hint': 'Abre otra página web en lugar de esta.',
  'page.leave.address': 'https://www.weather.gov/',
  'page.skip': 'Ir al contenido',
  'page.back': 'Atrás',
  'page.demo': 'Esto es una demostración. No avises aquí de nada real.',
  'page.test-clock': 'Una prueba controla el reloj de este servidor.',
  'page.title': '{page} · {community}',
  'page.code-of-conduct': 'Nuestro código de conducta',

  'communities.title': '¿De qué comunidad se trata?',
  'communities.none': 'Aquí todavía no hay ninguna comunidad.',
  'communities.none.text':
    'Quien lleva este servidor crea primero una, con el enlace que aparece al arrancarlo.',

  'home.promise': 'No necesitas una cuenta. No se guarda nada hasta que decidas enviar algo.',
  'home.straight-to-report': 'Escribir lo que pasó',
  'home.receipt': 'Tengo un código de recibo',
  'home.guide': 'Cómo funciona y quién lo lee',
  'home.step': 'Pregunta {number, number} de {total, number}',

  'danger.title': 'Primero, seguridad o la policía',
  'danger.emergency': 'Llamar al {phone}',
  'danger.emergency.label': 'emergencias',
  'danger.security': 'Seguridad del lugar',
  'danger.police': 'Policía, sin emergencia',
  'danger.address': 'Lee esta dirección en voz alta',
  'danger.called': 'Ya se ha llamado a seguridad',
  'danger.stay': 'Quédate con otras personas si puedes. No tienes que resolverlo tú.',
  'danger.nothing-kept': 'En esta página no se envía ni se guarda nada.',

  'find-help.on-call.label': 'De guardia ahora',
  'find-help.call': 'Llamar al comité',
  'find-help.ask-staff': 'Pide a cualquiera del equipo que te lleve con alguien del comité.',
  'path.report-later': 'Elijas lo que elijas, acaba con un aviso breve, cuando te venga bien.',

  'form.title': 'Aviso',
  'form.optional': 'Todo lo que sigue es opcional: solo lo que recuerdes y quieras decir.',
  'form.add': 'añadir',
  'form.change': 'cambiar',
  'form.add-file': 'Añadir una imagen o un archivo',
  'form.files-later': 'Podrás elegir imágenes y archivos en la página siguiente.',
  'form.when.zone': 'Horas según los relojes de allí ({zone}).',
  'form.when.date': 'fecha',
  'form.when.time': 'hora, si la sabes',
  'form.when.between': 'entre {from} y {to}',
  'form.involved.all-title': 'Todo el comité está implicado',
  'form.involved.all':
    'Entonces nadie del comité puede leer tu aviso. Se guarda sellado, y se dice a la organización de {community} que existe. Solo lo abre el kit de recuperación de la comunidad. Si puedes, habla también con alguien de la organización en quien confíes.',
  'form.involved.nobody':
    'Entonces nadie podría leer tu aviso, así que no se puede enviar aquí. Escribe a alguien de la organización de {community} en quien confíes.',
  'form.involved.organizers': 'Puedes escribir a la organización:',
  'form.sealed-for':
    'Se sella en este dispositivo para las personas de guardia y, después, para quienes no están implicados en el comité. El servidor no puede leerlo.',
  'form.sealed-for-names':
    'Se sella en este dispositivo para {names}, de guardia, y después para quienes no están implicados en el comité. El servidor no puede leerlo.',
  'form.notify.label': 'Escríbeme un correo cuando haya respuesta',
  'form.notify.hint':
    'El correo solo dice que hay algo que leer. El servidor conoce entonces esta dirección y la guarda aparte de tu aviso.',
  'form.review': 'Leerlo y enviarlo',
  'form.stuck':
    'Todavía no ha llegado la parte de esta página que sella tu aviso. Puedes esperarla. O puedes enviar tu aviso sin ella:',
  'form.kept-in-memory': 'Lo que escribes se queda en esta página. Se borra cuando la cierras.',
  'form.no-js.title': 'Tu navegador no usa JavaScript',
  'form.no-js.text':
    'Puedes enviar tu aviso igualmente. Pero tu navegador no puede sellarlo: llega a nuestro servidor por la conexión cifrada, y el servidor lo sella al momento, sin guardarlo abierto. En ese momento tienes que confiar en el servidor.',
  'form.no-js.label': 'Sellado por el servidor',
  'form.no-js.send': 'Enviarlo para que lo selle el servidor',

  'review.title': 'Léelo otra vez',
  'review.hint': '¿Es esto lo que quieres enviar? Puedes cambiar lo que quieras.',
  'review.sealed-here': 'Se sella en este dispositivo cuando lo envías. El servidor no puede leerlo.',
  'review.who-reads': 'Quién lo leerá',
  'review.anonymous': 'No sabremos quién eres. Solo podemos contestarte aquí, con tu código de recibo.',
  'review.change': 'Cambiarlo',
  'review.send': 'Enviar',
  'review.left-out': 'Quedan fuera: {names}. No se les dice nada y no pueden leerlo.',

  'receipt.title': 'Recibido. Gracias.',
  'receipt.answer-by': 'Tendrás una respuesta antes de: {time}.',
  'receipt.code.title': 'Tu código de recibo',
  'receipt.code.text': 'Es la única forma de volver a este aviso. No se guarda en ningún otro sitio.',
  'receipt.copy': 'Copiar',
  'receipt.save': 'Guardar',
  'receipt.print': 'Imprimir',
  'receipt.write-down': 'Apunta las palabras o hazles una foto.',
  'receipt.bookmark': 'O guarda este enlace. Quien lo tenga puede leer tu aviso.',
  'receipt.link': 'Enlace con tu código',
  'receipt.next.title': 'Qué pasa ahora',
  'receipt.next.text':
    'La persona de guardia lo lee y contesta. Lo lleva a quienes no están implicados en el comité. Una de esas personas será tu contacto. En un plazo de {days, plural, one {# día} other {# días}} sabrás qué se ha decidido.',
  'receipt.kept': 'He guardado el código',
  'receipt.everybody-involved':
    'Tu aviso se guarda sellado. Se ha dicho a la organización que existe, y nada más.',

  'mailbox.title': 'Tu aviso',
  'mailbox.code.label': 'Tu código de recibo',
  'mailbox.code.hint': 'Las ocho palabras que recibiste. Dan igual las mayúsculas y los guiones.',
  'mailbox.open': 'Abrir',
  'mailbox.lost':
    'Sin el código nadie puede abrirlo, y no podemos enviarlo otra vez. Siempre puedes enviar otro aviso.',
  'mailbox.from-you': 'Tú',
  'mailbox.from-committee': '{name}, comité',
  'mailbox.checked': 'firma comprobada',
  'mailbox.by-server': 'sellado por el servidor',
  'mailbox.nothing-yet': 'Todavía no hay respuesta. La tendrás antes de: {time}.',
  'mailbox.overdue': 'La respuesta llega tarde. Lo sentimos. Se ha avisado al resto del comité.',
  'mailbox.shepherd': '{name} se ocupa de tu informe. ¿Te parece bien?',
  'mailbox.shepherd.hint': 'Puedes decirlo hasta {time}. No tienes que hacerlo, ni decir por qué.',
  'mailbox.shepherd.agrees': 'Sí, me parece bien',
  'mailbox.shepherd.objects': 'Prefiero a otra persona',
  'mailbox.shepherd.unsaid': 'No quiero decirlo',
  'mailbox.write': 'Escríbenos',
  'mailbox.add-file': 'Añadir una imagen o un archivo',
  'mailbox.send': 'Enviar',
  'mailbox.sent': 'Enviado.',
  'mailbox.close': 'Cerrar y olvidar el código en este dispositivo',
  'mailbox.stuck':
    'Todavía no ha llegado la parte de esta página que abre tus mensajes. Puedes esperarla. O puedes seguir sin ella:',
  'mailbox.server-opens':
    'Entonces el servidor abre tus mensajes por ti, en memoria, con el código que escribas. En ese momento tienes que confiar en el servidor.',
  'mailbox.all-said': 'Todo lo que dijiste',
  'mailbox.closed': 'Está cerrado mientras no haya nada nuevo. Si lo hay, escríbenos aquí.',
  'mailbox.untrusted':
    'No se han podido comprobar las llaves del comité, así que no podemos decirte quién escribió estos mensajes.',
  'mailbox.look-again': 'Buscar mensajes nuevos',
  'mailbox.no-js':
    'Tu navegador no usa JavaScript, así que el servidor tiene que abrir tus mensajes, en memoria, con el código que escribas. En ese momento tienes que confiar en el servidor.',

  'guide.title': 'Cómo funciona',
  'guide.picture.title': 'Qué hacer cuando pasa algo',
  'guide.picture.alt':
    'Las preguntas de esta página en un dibujo. Las mismas preguntas están en la lista de debajo.',
  'guide.picture.in-words': 'Lo mismo con palabras',
  'guide.begin': 'Empezar por la primera pregunta',
  'guide.who.title': 'Quién lee lo que envías',
  'guide.who.text':
    'Primero, las dos personas del comité que están de guardia. Cuando lo llevan al comité, las demás que no están implicadas. Nadie más.',
  'guide.who.unanswered':
    'Si nadie contesta en {hours, plural, one {# hora} other {# horas}}, cualquier persona del comité que no esté implicada puede leerlo y contestar.',
  'guide.who.involved':
    'Si hay alguien del comité implicado, dilo en el formulario. Queda fuera antes de que se avise a nadie. No verá ni rastro de tu aviso.',
  'guide.who.everybody':
    'Si todo el comité está implicado, dilo. Tu aviso se guarda sellado y se dice a la organización que existe.',
  'guide.next.title': 'Qué pasa después, y cuándo',
  'guide.next.answer':
    'Recibes una respuesta en {hours, plural, one {# hora} other {# horas}}, casi siempre antes.',
  'guide.next.committee': 'Se lleva a las personas del comité que no están implicadas. Lo hablan.',
  'guide.next.contact': 'Una de ellas será tu contacto. Puedes pedir que sea otra.',
  'guide.next.decision':
    'Nadie decide por su cuenta. Al menos {quorum, plural, one {# persona más tiene} other {# personas más tienen}} que estar de acuerdo. Eres quien primero sabe qué se ha decidido.',
  'guide.next.resolved':
    'Debería estar resuelto en {days, plural, one {# día} other {# días}}. Si tarda más, te decimos por qué.',
  'guide.next.nothing': 'Si no quieres que se haga nada, dilo. No actuaremos sin contar contigo.',
  'guide.next.on-file': 'Si ya se ha hecho algo y solo quieres que lo sepamos, lo guardamos.',
  'guide.server.title': 'Qué no puede ver el servidor',
  'guide.server.sealed':
    'Tu aviso se sella en tu propio dispositivo, antes de enviarlo. Solo tienen las llaves las personas que nombramos arriba. El servidor, y quien lo lleva, no pueden leer tus palabras, los nombres, las imágenes ni nuestras respuestas.',
  'guide.server.sees':
    'Sí ve que ha llegado un aviso, cuándo, cómo de grande es, a quién del comité has dejado fuera, y quién lo ha leído o contestado.',
  'guide.server.no-tracking':
    'En estas páginas no hay cuentas, ni cookies, ni seguimiento. No guardamos tu dirección de internet.',
  'guide.server.trust':
    'Hay una cosa en la que tienes que confiar: que el servidor envíe a tu navegador la página correcta. Puedes comparar la huella de las llaves del comité con otra que tengas de otro sitio.',
  'guide.server.fingerprint': 'Huella de las llaves del comité',
  'guide.no-js.title': 'Qué protege menos: sin JavaScript, y por correo',
  'guide.no-js.text':
    'Sin JavaScript tu navegador no puede sellar nada. Entonces el servidor sella tu aviso en su memoria y no guarda nada más. En ese momento podría leerlo.',
  'guide.no-js.mail':
    'Un correo pasa por servidores de otras personas antes de llegar. El formulario protege mejor.',
  'guide.device.title': 'En tu propio dispositivo',
  'guide.device.text':
    'Tu navegador puede recordar que has estado aquí. «Salir rápido» abre otra página, pero no borra tu historial. Usa una ventana privada si alguien más usa tu dispositivo.',
  'guide.roster.title': 'De guardia',
  'guide.roster.now': 'De guardia ahora: {names}',
  'guide.roster.next': 'El próximo relevo es el {time}.',
  'guide.roster.nobody': 'Ahora no hay nadie de guardia.',
  'guide.roster.not-public': 'Aquí no se publica quién está de guardia.',
  'guide.contact.title': 'Otras formas de hablar con nosotros',
  'guide.contact.mail': 'Por correo: {address}',
  'guide.contact.phone': 'Por teléfono: {phone}',
  'guide.contact.person': 'En persona: pregunta a cualquiera del equipo por alguien del comité.',

  'api.title': 'La API',
  'api.intro':
    'Todo lo que hacen las páginas y la consola pasa por estas direcciones. Lo que dice algo de una persona llega ya sellado.',
  'api.routes': 'Direcciones',
  'api.schemas': 'Formas',
  'api.sent': 'Se envía:',
  'api.answered': 'Respuesta {status}:',
  'api.problems': 'Problemas',
  'api.problems.text': 'Lo que se rechaza se contesta como un problema (RFC 9457) de uno de estos tipos.',

  'error.title': 'No ha funcionado',
  'error.not-found.title': 'Esta página no existe',
  'error.not-found.text': 'Puede que la dirección esté mal escrita o que la página haya cambiado de sitio.',
  'error.no-community': 'Aquí no hay ninguna comunidad con ese nombre.',
  'error.narrative-missing': 'Escribe qué pasó, por favor. Bastan unas palabras.',
  'error.too-long': 'Es demasiado largo: {length, number} caracteres. Caben {max, number} como mucho.',
  'error.files': 'Solo caben {files, number} archivos, de {megabytes, number} MB como mucho cada uno.',
  'error.files-again': 'Hay que elegir los archivos otra vez.',
  'error.bad-time': 'No entendemos este momento. También puedes decirlo con palabras.',
  'error.bad-address': 'Esto no parece una dirección de correo.',
  'error.time-order': 'El final es anterior al principio.',
  'error.bad-code': 'No conocemos este código. Mira si hay alguna palabra mal escrita.',
  'error.code-length': 'Un código de recibo tiene {expected, number} palabras. Este tiene {found, number}.',
  'error.unknown-word': '«{word}» no es una de las palabras que forman los códigos.',
  'error.busy':
    'El servidor no puede recibirlo en este momento. No se ha perdido nada: prueba otra vez en un minuto.',
  'error.server': 'Algo falla por nuestra parte. Lo que has escrito sigue aquí. Prueba otra vez, por favor.',
  'error.slow-down': 'Han sido muchas veces seguidas. Espera un minuto y prueba otra vez, por favor.',
  'error.still-here': 'Lo que has escrito sigue aquí.',
  'error.call-instead': 'Si no puede esperar, llama al {phone}.',
}
