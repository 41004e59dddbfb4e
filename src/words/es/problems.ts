import type { problems as english, stepReasons as reasons } from '../en/problems.ts'

export const problems = {
  'not-found': ['No existe', 'Aquí no hay nada que pueda abrir. Revise la dirección o el código.'],
  'not-signed-in': ['Sin sesión', 'Inicie sesión y vuelva a intentarlo.'],
  'not-allowed': ['No permitido', 'Su función no incluye esto. Pregunte a quien preside su comunidad.'],
  'wrong-origin': ['Origen ajeno', 'Esto no vino de nuestras páginas. Abra la página y repítalo allí.'],
  'invalid-input': ['No se entiende', 'Algo de lo enviado no está bien: {field} {reason}.'],
  'malformed-envelope': ['Mal sellado', '{reason} Recargue la página y envíelo otra vez.'],
  'too-large': ['Demasiado grande', 'Es más de lo que se acepta de una vez. Envíe menos cada vez.'],
  'too-many': [
    'Demasiadas a la vez',
    'Llegaron muchas peticiones de aquí. Espere un momento; lo escrito no se pierde.',
  ],
  unavailable: [
    'No disponible',
    'Ahora no se puede guardar con seguridad y no se aceptó. Intente en un momento; llame si es urgente.',
  ],
  'server-error': [
    'Algo falló',
    'No se hizo. Intente otra vez; si sigue, avise a quien mantiene este sitio.',
  ],
  'key-reused': ['Clave repetida', 'Esta clave de idempotencia vino con otro contenido. Use una nueva.'],
  'key-missing': ['Falta la clave', 'Envíe una Idempotency-Key de 16 a 64 caracteres con esta petición.'],
  'recipients-changed': [
    'El comité cambió',
    'Cambió quién puede leer los informes. Cargue de nuevo los destinatarios y séllelo para ellos.',
  ],
  'nobody-to-read': [
    'Nadie podría leerlo',
    'Todas las personas que podrían abrirlo figuran como implicadas. Use el contacto de la organización.',
  ],
  'out-of-order': ['Algo llegó antes', 'Otra persona añadió algo al caso. Léalo y envíe lo suyo después.'],
  'case-changed': ['El caso cambió', 'Otra persona cambió este caso. Mírelo otra vez antes de seguir.'],
  'impossible-step': ['No es posible ahora', 'El procedimiento no permite este paso aquí: {reason}.'],
  'file-limit': [
    'Demasiados o muy grandes',
    'Como máximo {files} archivos, de hasta {megabytes} MB cada uno.',
  ],
  'file-incomplete': ['Archivo incompleto', 'No han llegado partes del archivo. Envíe las que faltan.'],
  'part-mismatch': ['Otro contenido', 'Esta parte del archivo llegó antes con otro contenido.'],
  'link-used': ['Enlace usado', 'Este enlace ya se usó o se retiró. Pida uno nuevo.'],
  'link-expired': ['Enlace caducado', 'Este enlace es demasiado antiguo. Pida uno nuevo.'],
  'name-taken': ['Nombre ocupado', 'Otra comunidad tiene este nombre corto. Elija otro.'],
  'address-taken': ['Dirección conocida', 'Ya hay alguien con esta dirección de correo. Inicie sesión.'],
  'sign-in-failed': [
    'No se pudo entrar',
    'La dirección o la frase no es correcta. Intente otra vez en {seconds} s.',
  ],
  'passkey-failed': ['Llave no aceptada', 'Esta llave de acceso no sirvió. Intente otra vez o use su frase.'],
  'last-unlocker': ['Su última entrada', 'Añada otra forma de entrar antes de quitar esta.'],
  'last-chair': [
    'La última presidencia',
    'Una comunidad necesita quien la presida. Nombre antes a otra persona.',
  ],
  'one-unlocker': [
    'Una sola entrada',
    'Quien está de guardia necesita dos formas de entrar, por si pierde una. Añada antes la segunda.',
  ],
  'directory-refused': ['Claves sin aval', '{reason} Recargue la página y vuelva a intentarlo.'],
  'directory-changed': ['El directorio cambió', 'Alguien entró o salió. Recargue y vuelva a intentarlo.'],
  'playbook-invalid': ['Manual no válido', '{field}: {reason}.'],
  'no-mail-server': ['Sin servidor de correo', 'No hay servidor de correo y nada se envía. Defina SMTP_URL.'],
  'nobody-to-alert': [
    'Aquí no se puede llamar a nadie',
    'No hay nadie del comité a quien llamar por esto. Llame por teléfono o pida ayuda a quienes estén cerca.',
  ],
  'alert-taken': ['Ya va alguien', '{name} se ocupa. Mire la página otra vez antes de ir.'],
  'alert-ended': ['Ya terminó', 'Esta llamada se cerró o se retiró. Mire la página otra vez.'],
  'roster-changed': [
    'Las guardias cambiaron',
    'Algo ha cambiado mientras tanto. Vuelva a mirar las guardias.',
  ],
  'event-taken': [
    'Dirección ocupada',
    'Otro evento de tu comunidad tiene este nombre corto, quizá uno archivado. Elige otro.',
  ],
} as const satisfies Record<keyof typeof english, readonly [title: string, detail: string]>

export const stepReasons: Record<keyof typeof reasons, string> = {
  closed: 'el caso está cerrado y solo información nueva lo reabre',
  'still-open': 'el caso sigue abierto',
  'too-late': 'el caso ya pasó de ahí',
  'too-early': 'antes hay que hacer otra cosa',
  blocked:
    'quedan muy pocos miembros sin conflicto de interés para decidir, y la salida son los organizadores',
  'inform-first': 'primero se informa a quien avisó (M5)',
  'motion-first': 'primero se pregunta a los organizadores (M9)',
  'no-motion': 'lo acordado no necesita a los organizadores',
  'no-organizers': 'su comunidad no tiene ningún organizador con cuenta; invite primero a uno',
  'no-reporter': 'nadie vuelve a este caso con un código',
  'not-confirmed': 'antes lo confirma otro miembro',
  'not-eligible': 'ese miembro no puede leer el caso',
  'not-in-force': 'lo que dice todavía no está en vigor',
  'not-yours': 'le toca a otra persona',
  objected: 'quien avisó pidió a otra persona',
  'objection-over': 'el plazo para objetar terminó',
}
