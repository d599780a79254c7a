namespace Sendwright.Mime;

/// <summary>A body and where it goes: behind so many octets of the frame.</summary>
internal readonly record struct BodyPlacement(int Offset, MimeBody Body);
