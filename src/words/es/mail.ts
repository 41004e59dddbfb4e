import type { MailWords } from '../types.ts'

export const mail: MailWords = {
  'mail.new-report.subject': 'Te espera un aviso · {community}',
  'mail.new-report.text':
    'Ha llegado un aviso para el comité del código de conducta de {community}, y te llega a ti.\n\nContesta, por favor, antes de: {time}\n{link}\n\nEste correo no dice nada de lo que contiene.',
  'mail.inherited.subject': 'Ahora te toca contestar un aviso · {community}',
  'mail.inherited.text':
    'Todavía nadie ha contestado un aviso, así que pasa a ti.\n\nContesta, por favor, antes de: {time}\n{link}',
  'mail.open-to-all.subject': 'Un aviso sigue sin respuesta · {community}',
  'mail.open-to-all.text':
    'Nadie ha contestado un aviso en un día. Cualquier persona del comité que no esté implicada puede ocuparse ahora:\n{link}',
  'mail.brought.subject': 'Un caso para el comité · {community}',
  'mail.brought.text': 'Se ha llevado un caso al comité. Ya puedes leerlo:\n{link}',
  'mail.new-answer.subject': 'Alguien que avisó ha escrito · {community}',
  'mail.new-answer.text': 'Quien avisó ha añadido algo a un caso que puedes leer:\n{link}',
  'mail.everybody-involved.subject': 'Un aviso que el comité no puede leer · {community}',
  'mail.everybody-involved.text':
    'Alguien ha enviado un aviso y ha dicho que todas las personas del comité del código de conducta están implicadas. Se guarda sellado; no se ha dicho nada a nadie del comité, y nadie del comité puede leerlo. Solo lo abre el kit de recuperación de la comunidad.\n\nDecidid en la organización quién debe abrirlo.\n{link}',
  'mail.to-reporter.subject': 'Hay un mensaje para ti · {community}',
  'mail.to-reporter.text': 'Hay algo nuevo para ti. Puedes leerlo con las palabras que recibiste:\n{link}',
  'mail.invitation.subject': 'Te invitan a {community}',
  'mail.invitation.text':
    '{inviter} te invita al comité del código de conducta de {community}. Este enlace sirve una vez, hasta: {time}\n{link}',
  'mail.test.subject': 'Mensaje de prueba · {community}',
  'mail.test.text': 'Esto es una prueba. Si puedes leerla, los correos de {community} te llegan.',
}
