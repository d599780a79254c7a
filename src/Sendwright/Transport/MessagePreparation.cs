namespace Sendwright.Transport;

/// <summary>Completes a message before it is composed, such as with a text made from its HTML. Every message that a <see cref="Mailer"/> composes passes it.</summary>
/// <param name="message">The message as its author gave it, or as the preparation before left it.</param>
/// <returns>The message to send; the same where there is nothing to do.</returns>
public delegate EmailMessage MessagePreparation(EmailMessage message);
