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
  'mail.roster-gap.subject': 'Un hueco en las guardias · {community}',
  'mail.roster-gap.text':
    'En las próximas semanas falta alguien en las guardias de {community}. Por favor, mira cuándo y quién puede cubrirlo:\n{link}',
  'mail.roster-changed.subject': 'Las guardias han cambiado · {community}',
  'mail.roster-changed.text': 'Alguien ha cambiado las guardias de {community}, y te afecta:\n{link}',
  'mail.swap-offered.subject': 'Te ofrecen una guardia · {community}',
  'mail.swap-offered.text':
    'Otra persona del comité te pide que hagas una guardia. Puedes decir sí o no:\n{link}',
  'mail.swap-answered.subject': 'Respuesta a tu cambio de guardia · {community}',
  'mail.swap-answered.text': 'Ya hay respuesta al cambio de guardias que ofreciste:\n{link}',
  'mail.task-due.subject': 'Queda algo por hacer · {community}',
  'mail.task-due.text': 'Algo que esperas tú o espera otra persona aún no está hecho:\n{link}',
  'mail.log-answered.subject': 'Hay respuesta a lo que anotaste · {community}',
  'mail.log-answered.text': 'Algo que anotaste para el comité tiene respuesta. Puedes leerla aquí:\n{link}',
  'mail.shepherd-proposed.subject': 'Te proponen como responsable de un caso · {community}',
  'mail.shepherd-proposed.text':
    'Otro miembro propone que te ocupes de un caso. Di primero si conoces a las personas implicadas, o que no puedes:\n{link}',
  'mail.shepherd-declared.subject': '¿Quién se ocupa de un caso? · {community}',
  'mail.shepherd-declared.text':
    'Se propone a alguien como responsable de un caso, y ya dijo si hay algún sesgo. Decide otro miembro:\n{link}',
  'mail.shepherd-assigned.subject': 'Un caso ya tiene responsable · {community}',
  'mail.shepherd-assigned.text':
    'El comité ha acordado quién se ocupa de un caso. Quién es, y si aún hay que decírselo a quien avisó:\n{link}',
  'mail.shepherd-needed.subject': 'Un caso necesita responsable · {community}',
  'mail.shepherd-needed.text':
    'Alguien debe ocuparse de un caso, y nadie lo hace. Mira si puedes tú, o quién si no:\n{link}',
  'mail.shepherd-introduce.subject': 'Alguien espera noticias tuyas · {community}',
  'mail.shepherd-introduce.text':
    'Eres responsable de un caso y ya nada lo impide. Escribe a quien avisó:\n{link}',
  'mail.proposal-new.subject': 'Una propuesta para que decidas · {community}',
  'mail.proposal-new.text':
    'Se han propuesto medidas en un caso que puedes leer. Di, por favor, si estás de acuerdo, o por qué no:\n{link}',
  'mail.proposal-agreed.subject': 'El comité está de acuerdo · {community}',
  'mail.proposal-agreed.text': 'Hay bastantes miembros de acuerdo con lo que se propuso en un caso:\n{link}',
  'mail.proposal-returned.subject': 'Un caso se vuelve a hablar · {community}',
  'mail.proposal-returned.text':
    'Una propuesta no se aprobó, o se retiró. Las razones están en el caso:\n{link}',
  'mail.motion-new.subject': 'Una moción para la organización · {community}',
  'mail.motion-new.text':
    'El comité del código de conducta de {community} pide a la organización que vote una moción. El informe es confidencial y está sellado solo para la organización:\n{link}',
  'mail.motion-voted.subject': 'La organización ha votado · {community}',
  'mail.motion-voted.text': 'La organización ha votado una moción del comité. El resultado:\n{link}',
  'mail.draft-new.subject': 'Un mensaje para que lo confirmes · {community}',
  'mail.draft-new.text':
    'Hay un mensaje para otra persona preparado en un caso que puedes leer. Solo se envía cuando otra persona del comité lo confirma:\n{link}',
  'mail.draft-confirmed.subject': 'Tu mensaje está confirmado · {community}',
  'mail.draft-confirmed.text': 'El mensaje que preparaste está confirmado. Ya puedes enviarlo:\n{link}',
  'mail.outgoing.subject': 'Un mensaje del comité del código de conducta · {community}',
  'mail.case-goes-on.subject': 'Un caso aún no está resuelto · {community}',
  'mail.case-goes-on.text':
    'Un caso en el que ya se actuaba se vuelve a hablar. Lo que pasó está en el caso:\n{link}',
  'mail.case-closed.subject': 'Un caso está resuelto · {community}',
  'mail.case-closed.text':
    'Un caso está resuelto. Qué se hizo, cómo terminó y cuándo se revisa está en el caso:\n{link}',
  'mail.case-reopened.subject': 'Un caso vuelve a estar abierto · {community}',
  'mail.case-reopened.text': 'Hay información nueva en un caso, así que se vuelve a hablar:\n{link}',
  'mail.case-due-soon.subject': 'El plazo de un caso termina pronto · {community}',
  'mail.case-due-soon.text':
    'Un caso tuyo tiene que resolverse pronto. Si va a tardar más, díselo al comité, con una fecha nueva:\n{link}',
  'mail.case-overdue.subject': 'El plazo de un caso ha terminado · {community}',
  'mail.case-overdue.text':
    'Un caso tuyo ya tendría que estar resuelto. Da al comité la razón y una fecha nueva. Quizá también quiera saberlo quien avisó:\n{link}',
  'mail.case-delayed.subject': 'Un caso va a tardar más · {community}',
  'mail.case-delayed.text': 'Un caso va a tardar más. La razón y la fecha nueva están en el caso:\n{link}',
  'mail.case-review.subject': 'Toca revisar un caso cerrado · {community}',
  'mail.case-review.text':
    'Hoy es la fecha de revisión de un caso cerrado. ¿Ha servido lo que se hizo? Con información nueva se abre otra vez:\n{link}',
  'mail.set-aside-proposed.subject': 'Mira un caso, por favor · {community}',
  'mail.set-aside-proposed.text':
    'Otro miembro te pide que decidas algo sobre quién puede leer un caso:\n{link}',
  'mail.mail-test.subject': 'Mensaje de prueba · {community}',
  'mail.mail-test.text': 'Esto es una prueba. Si puedes leerla, los correos de {community} te llegan.',
  'mail.alert.subject': 'Alguien necesita ahora a alguien del comité · {community}',
  'mail.alert.text':
    'Alguien necesita ahora a alguien del comité.\n\nÁbrelo para ver más y hacerte cargo:\n{link}',
  'mail.alert-worse.subject': 'Ha empeorado: te necesitan ahora · {community}',
  'mail.alert-worse.text':
    'Quien llamó al comité de {community} dice que ha empeorado.\n\nMira ahora, por favor:\n{link}',
  'mail.alert-handed-over.subject': 'Una llamada es ahora tuya · {community}',
  'mail.alert-handed-over.text':
    'Otra persona del comité te ha pasado una llamada de ayuda. Alguien está esperando.\n\nMira ahora, por favor:\n{link}',
  'mail.alert-taken.subject': 'Ya va alguien · {community}',
  'mail.alert-taken.text':
    'Otra persona del comité va a la llamada de la que te avisamos. Quién es y cómo está:\n{link}',
  'mail.alert-ended.subject': 'Una llamada ha terminado · {community}',
  'mail.alert-ended.text':
    'La llamada de la que te avisamos ha terminado, o se ha retirado. Lo que se dijo:\n{link}',
  'mail.alert-report-reminder.subject': 'Falta el aviso de una llamada · {community}',
  'mail.alert-report-reminder.text':
    'Todavía no hay aviso de una llamada que te llegó. Escríbelo, por favor, o di por qué no lo hay:\n{link}',
  'mail.line': 'Dice: {line}',
  'mail.channel-test.subject': 'Prueba: esto te llega · {community}',
  'mail.channel-test.text': 'Es una prueba que pediste. Si puedes leerla, este canal te llega.\n{link}',
  'mail.channel-check.subject': 'Control semanal: no hay nada que hacer · {community}',
  'mail.channel-check.text':
    'Una vez por semana Bellwether comprueba que puede avisarte, si nada más llegó por aquí. No hay nada que hacer. Puedes desactivarlo en tu cuenta:\n{link}',
}
