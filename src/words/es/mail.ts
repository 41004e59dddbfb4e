import type { MailWords } from '../types.ts'

export const mail: MailWords = {
  'mail.report-new.subject': 'Te espera un aviso · {community}',
  'mail.report-new.text':
    'Ha llegado un aviso para el comité del código de conducta de {community}, y te llega a ti.\n\nContesta, por favor, antes de: {time}\n{link}\n\nEste correo no dice nada de lo que contiene.',
  'mail.case-inherited.subject': 'Ahora te toca contestar un aviso · {community}',
  'mail.case-inherited.text':
    'Todavía nadie ha contestado un aviso, así que pasa a ti.\n\nContesta, por favor, antes de: {time}\n{link}',
  'mail.acknowledge-overdue.subject': 'Un aviso sigue sin contestar · {community}',
  'mail.acknowledge-overdue.text':
    'Había que contestar un aviso antes de: {time}\nNadie lo ha hecho todavía, y quien lo envió está esperando:\n{link}',
  'mail.case-open-to-all.subject': 'Un aviso sigue sin respuesta · {community}',
  'mail.case-open-to-all.text':
    'Nadie ha contestado un aviso en un día. Cualquier persona del comité que no esté implicada puede ocuparse ahora:\n{link}',
  'mail.case-brought.subject': 'Un caso para el comité · {community}',
  'mail.case-brought.text': 'Se ha llevado un caso al comité. Ya puedes leerlo:\n{link}',
  'mail.answer-new.subject': 'Alguien que avisó ha escrito · {community}',
  'mail.answer-new.text': 'Quien avisó ha añadido algo a un caso que puedes leer:\n{link}',
  'mail.report-for-organizers.subject': 'Un aviso que el comité no puede leer · {community}',
  'mail.report-for-organizers.text':
    'Alguien ha enviado un aviso y ha dicho que todas las personas del comité del código de conducta están implicadas. Se guarda sellado; no se ha dicho nada a nadie del comité, y nadie del comité puede leerlo. Solo lo abre el kit de recuperación de la comunidad.\n\nDecidid en la organización quién debe abrirlo.\n{link}',
  'mail.reporter-message.subject': 'Hay un mensaje para ti · {community}',
  'mail.reporter-message.text':
    'Hay algo nuevo para ti. Puedes leerlo con las palabras que recibiste:\n{link}',
  'mail.mail-test.subject': 'Mensaje de prueba · {community}',
  'mail.mail-test.text': 'Esto es una prueba. Si puedes leerla, los correos de {community} te llegan.',
  'mail.alert.subject': 'Alguien necesita ahora a alguien del comité · {community}',
  'mail.alert.text':
    'Alguien necesita ahora a alguien del comité.\n\nÁbrelo para ver más y hacerte cargo:\n{link}',
  'mail.line': 'Dice: {line}',
  'mail.channel-test.subject': 'Prueba: esto te llega · {community}',
  'mail.channel-test.text': 'Es una prueba que pediste. Si puedes leerla, este canal te llega.\n{link}',
  'mail.channel-check.subject': 'Control semanal: no hay nada que hacer · {community}',
  'mail.channel-check.text':
    'Una vez por semana Bellwether comprueba que puede avisarte, si nada más llegó por aquí. No hay nada que hacer. Puedes desactivarlo en tu cuenta:\n{link}',
}
