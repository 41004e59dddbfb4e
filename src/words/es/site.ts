import type { SiteWords } from '../types.ts'

export const site: SiteWords = {
  'site.sealing': 'Sellando…',
  'site.sending': 'Enviando…',
  'site.send-again': 'Enviar otra vez',
  'site.not-sent': 'Todavía no se ha enviado. Lo que has escrito sigue aquí.',
  'site.offline': 'No hay conexión. Deja esta página abierta: se envía cuando vuelva.',
  'site.busy': 'El servidor está ocupado. Se prueba otra vez en un momento.',
  'site.away':
    'El servidor no lo ha confirmado. Lo que has escrito sigue aquí. Deja esta página abierta y envíalo otra vez en un momento: cuenta una sola vez.',
  'site.refused': 'El servidor no lo ha aceptado: {reason}',
  'site.problem.missing': 'Escribe qué pasó, por favor. Bastan unas palabras.',
  'site.problem.too-long': 'Es demasiado largo: {length} caracteres. Caben {max} como mucho.',
  'site.problem.bad-time': 'No entendemos este momento. También puedes decirlo con palabras.',
  'site.problem.time-order': 'El final es anterior al principio.',
  'site.problem.bad-address': 'Esto no parece una dirección de correo.',
  'site.problem.committee-changed':
    'El comité ha cambiado desde que abriste esta página. Mira otra vez, por favor: ¿hay alguien implicado?',
  'site.untrusted':
    'No se ha enviado nada: no se han podido comprobar las llaves del comité. Díselo a la organización, por favor, y busca al comité de otra manera.',
  'site.file.sending': '{name}: enviando, {percent} %',
  'site.file.done': '{name}: sellado y enviado',
  'site.file.failed': 'No se ha podido leer {name}.',
  'site.file.too-large': '{name} ocupa más de {megabytes} MB.',
  'site.file.too-many': 'Solo caben {max} archivos. Puedes añadir más después con tu código de recibo.',
  'site.file.remove': 'Quitar',
  'site.file.remove-named': 'Quitar {name}',
  'site.copied': 'Copiado',
  'site.copy-failed': 'No se ha podido copiar. Apunta las palabras, por favor.',
  'site.saved-as': 'Guardado como {name}',
  'site.receipt.file':
    'Tu código de recibo para {community}:\n\n{code}\n\nÚsalo en {address}\nQuien tenga este código puede leer tu aviso.',
  'site.receipt.file-name': 'codigo-de-recibo',
  'site.doubt.unreadable': 'Este mensaje no se puede abrir. Puede que alguien lo haya cambiado.',
  'site.doubt.signature-wrong': 'La firma no coincide. Puede que alguien haya cambiado este mensaje.',
  'site.doubt.author-unknown':
    'Está firmado, pero no con una llave de la persona que nombra. No te fíes de él.',
  'site.doubt.misplaced': 'Este mensaje es de otro caso. No te fíes de él.',
  'site.doubt.out-of-order': 'Falta un mensaje antes de este. Puede que el servidor lo haya dejado fuera.',
  'site.mailbox.sent': 'Enviado.',
  'site.mailbox.empty': 'Escribe algo o añade un archivo.',
  'site.mailbox.file-failed': '{name} no se ha podido abrir. Puede que alguien lo haya cambiado.',
  'site.mailbox.no-answer': 'El servidor no contesta. Prueba otra vez en un momento.',
  'site.mailbox.not-sent':
    'El servidor no contesta. Lo que has escrito sigue aquí; pulsa Enviar otra vez para enviar lo mismo.',
  'site.mailbox.opening': 'Abriendo…',
  'site.mailbox.bad-code': 'No conocemos este código. Mira si hay alguna palabra mal escrita.',
  'site.mailbox.code-length': 'Un código de recibo tiene {expected} palabras. Este tiene {found}.',
  'site.mailbox.unknown-word': '«{word}» no es una de las palabras que forman los códigos.',
  'site.mailbox.file': '{name}, {size}',
  'site.mailbox.new': 'Hay un mensaje nuevo.',
  'site.wait-proof': 'Un momento: tu dispositivo muestra al servidor que no eres una máquina.',
}
