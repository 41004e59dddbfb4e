/**
 * The texts of ChiPy's playbook, which are the defaults of every community: messages M1 to M10, the guidance for
 * whoever takes a report, and the sentence with which a presentation is stopped. In our own words. `{name}` is a
 * placeholder (see `placeholders` in playbook.ts). They greet without a name, so that they suit an anonymous
 * reporter, and leave the writer to fill in by hand what the software does not know.
 */
import type { MessageKey } from './records.ts'

export type Template = { readonly subject: string; readonly body: string }
export type Messages = Readonly<Record<MessageKey, Template>>

const signed = '\n\n{member}\nCode of conduct committee, {community}'

export const messagesEn: Messages = {
  // H2
  M1: {
    subject: 'We have your report',
    body: `Hello,

thank you for telling us. We take it seriously.

The committee will discuss it and come back to you with the outcome. We aim to do that by {resolveBy}. If we need longer, we will tell you. Your report is kept on file, and only committee members who are not involved in it can read it.

If you would like support of any kind, now or later, please ask for it by answering this message. You do not have to answer.${signed}`,
  },
  // H3
  M2: {
    subject: 'We have your report and keep it on file',
    body: `Hello,

thank you for telling us what happened and what was done about it. From what you write, that seems right to us.

We keep your report on file. It helps us notice if something like it happens again. We do not plan to do anything more, so you will get no further message about it.

If something is missing, or you would rather have the committee decide on it, please answer this message.${signed}`,
  },
  // I5, I6
  M3: {
    subject: 'Who looks after your report',
    body: `Hello,

{shepherd} from the committee will look after your report from now on, and will write to you soon. You can reach {shepherd} by answering this message.

If you would rather have somebody else, please tell me by {objectionEnds}. You need not say why. The committee will then choose another person. If it is fine with you, you do not have to do anything.${signed}`,
  },
  // I7
  M4: {
    subject: 'I am your contact for your report',
    body: `Hello,

I look after your report and am your contact from now on. Please write to me with any question, at any time, by answering this message. If you remember something more, or something new happens, tell me that too.

You will hear from me when the committee has decided. We aim for {resolveBy} at the latest. If it takes longer, I will tell you.${signed}`,
  },
  // L1
  M5: {
    subject: 'What the committee decided',
    body: `Hello,

the committee has discussed your report. You are the first to hear what we decided:

{decision}

If you have a question about this, or it worries you, please answer this message before or after we act on it. I will write again when everything is done.${signed}`,
  },
  // L2
  M6: {
    subject: 'A message from the code of conduct committee',
    body: `Hello,

I am writing to you for the code of conduct committee of {community}.

{decision}

What we write to you is confidential, and we treat what you write to us in the same way. If you want to tell us how you see it, or have a question, please answer this message.${signed}`,
  },
  // L4
  M7: {
    subject: 'Your report is closed',
    body: `Hello,

what we decided about your report has been done. This is how it ended:

{outcome}

With that your report is closed until new information comes to light. If something happens again, or there is something you want to add, answer this message and we will open it again.

Thank you for trusting us with this.${signed}`,
  },
  // L4
  M8: {
    subject: '{case} is resolved',
    body: `{case} is resolved.

Actions taken: {actions}

Outcome: {outcome}

To be reviewed on: {reviewOn}

{member}`,
  },
  // J3
  M9: {
    subject: 'Confidential: report and motion',
    body: `To the organizers of {community}. This is confidential. Please share it with nobody else.

What was reported to the code of conduct committee, and what we found:

{summary}

The committee moves that the organizers decide:

{motion}

{agreed} members without a conflict of interest agreed to this, apart from me. It takes effect only if you vote for it. Please tell me how the vote went. If one of you is involved in the matter, please leave the vote to the others.${signed}`,
  },
  // I4, L5
  M10: {
    subject: 'Your report will take longer',
    body: `Hello,

your report will take us longer than we told you. I am sorry about that. It has not been forgotten.

{reason}

You will hear from me by {newDate}. If you need something before then, please answer this message.${signed}`,
  },
}

const signedEs = '\n\n{member}\nComité del código de conducta, {community}'

export const messagesEs: Messages = {
  M1: {
    subject: 'Hemos recibido tu aviso',
    body: `Hola:

Gracias por contárnoslo. Lo tomamos en serio.

El comité lo va a hablar y te dirá a qué conclusión ha llegado. Queremos hacerlo antes del {resolveBy}. Si necesitamos más tiempo, te avisaremos. Guardamos tu aviso, y solo pueden leerlo las personas del comité que no están implicadas.

Si quieres apoyo de cualquier tipo, ahora o más adelante, pídelo respondiendo a este mensaje. No hace falta que respondas.${signedEs}`,
  },
  M2: {
    subject: 'Hemos recibido tu aviso y lo guardamos',
    body: `Hola:

Gracias por contarnos qué pasó y qué se hizo. Por lo que escribes, nos parece que estuvo bien.

Guardamos tu aviso. Así podremos notar si algo parecido vuelve a pasar. No pensamos hacer nada más, así que no recibirás otro mensaje sobre esto.

Si falta algo, o prefieres que el comité tome una decisión, responde a este mensaje.${signedEs}`,
  },
  M3: {
    subject: 'Quién se ocupa de tu aviso',
    body: `Hola:

A partir de ahora {shepherd}, del comité, se ocupa de tu aviso y te escribirá pronto. Puedes hablar con {shepherd} respondiendo a este mensaje.

Si prefieres que sea otra persona, dímelo antes del {objectionEnds}. No tienes que explicar por qué. El comité elegirá entonces a otra persona. Si te parece bien así, no tienes que hacer nada.${signedEs}`,
  },
  M4: {
    subject: 'Soy tu contacto para tu aviso',
    body: `Hola:

Me ocupo de tu aviso y desde ahora soy tu contacto. Escríbeme cuando quieras con cualquier pregunta, respondiendo a este mensaje. Si recuerdas algo más, o pasa algo nuevo, cuéntamelo también.

Te escribiré cuando el comité haya decidido. Queremos que sea como tarde el {resolveBy}. Si tardamos más, te avisaré.${signedEs}`,
  },
  M5: {
    subject: 'Lo que ha decidido el comité',
    body: `Hola:

El comité ha hablado de tu aviso. Eres la primera persona en saber lo que hemos decidido:

{decision}

Si tienes una pregunta, o algo de esto te preocupa, responde a este mensaje, antes o después de que actuemos. Volveré a escribirte cuando todo esté hecho.${signedEs}`,
  },
  M6: {
    subject: 'Un mensaje del comité del código de conducta',
    body: `Hola:

Te escribo en nombre del comité del código de conducta de {community}.

{decision}

Lo que te escribimos es confidencial, y tratamos igual lo que nos escribas. Si quieres contarnos cómo lo ves, o tienes una pregunta, responde a este mensaje.${signedEs}`,
  },
  M7: {
    subject: 'Tu aviso queda cerrado',
    body: `Hola:

Lo que decidimos sobre tu aviso ya está hecho. Así ha terminado:

{outcome}

Con esto tu aviso queda cerrado mientras no haya información nueva. Si vuelve a pasar algo, o quieres añadir algo, responde a este mensaje y lo abriremos de nuevo.

Gracias por confiar en nosotros.${signedEs}`,
  },
  M8: {
    subject: '{case} está resuelto',
    body: `{case} está resuelto.

Medidas tomadas: {actions}

Resultado: {outcome}

Fecha de revisión: {reviewOn}

{member}`,
  },
  M9: {
    subject: 'Confidencial: informe y moción',
    body: `A la organización de {community}. Esto es confidencial. Por favor, no lo compartáis con nadie más.

Lo que llegó al comité del código de conducta, y lo que hemos averiguado:

{summary}

El comité propone que la organización decida:

{motion}

Además de mí, {agreed} personas del comité sin conflicto de interés están de acuerdo. Solo tendrá efecto si la organización vota a favor. Por favor, decidme el resultado de la votación. Si alguien de la organización está implicado, que deje la votación a los demás.${signedEs}`,
  },
  M10: {
    subject: 'Tu aviso va a tardar más',
    body: `Hola:

Tu aviso va a tardar más de lo que te dijimos. Lo siento. No lo hemos olvidado.

{reason}

Te escribiré antes del {newDate}. Si necesitas algo antes, responde a este mensaje.${signedEs}`,
  },
}

/** B1, B2, B4 to B6, shown beside the form of whoever takes a report from somebody else. */
export const takerGuidanceEn: readonly string[] = [
  'Write down what they say, in their words, not yours.',
  'Tell them that you take it seriously and that it will reach the right people.',
  'Do not promise what will be done. The committee decides that.',
  'Ask for details they have not mentioned. If they would rather not say, leave it. Every field can stay empty.',
  'Ask whether they would like somebody to walk with them, a friend called, or the police called. Only if they want it.',
  'If they want nothing done, write that down. It counts.',
  'Tell nobody about it who is not involved or on the staff. Once it is sent, you cannot read it again.',
]

export const takerGuidanceEs: readonly string[] = [
  'Escribe lo que dice, con sus palabras, no con las tuyas.',
  'Dile que lo tomas en serio y que llegará a las personas adecuadas.',
  'No prometas qué se va a hacer. Eso lo decide el comité.',
  'Pregunta por los detalles que no ha mencionado. Si prefiere no decirlos, déjalo. Cualquier campo puede quedar vacío.',
  'Pregunta si quiere que alguien le acompañe, que se llame a una amistad o que se llame a la policía. Solo si lo quiere.',
  'Si no quiere que se haga nada, escríbelo. Cuenta.',
  'No hables de esto con nadie que no esté implicado o no sea del equipo. Una vez enviado, no podrás volver a leerlo.',
]

/** E4: said to the room, with no explanation. */
export const stopSentenceEn = 'I’m sorry, this presentation cannot be continued at the present time.'
export const stopSentenceEs = 'Lo siento, esta presentación no puede continuar en este momento.'
