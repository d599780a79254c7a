using Sendwright.Messages;

namespace Sendwright.Mime.Reading;

/// <summary>The mailboxes of a header's address fields.</summary>
internal static class AddressFields
{
    /// <summary>
    /// Those of all fields of a name: RFC 5322, 4.5.3 has readers take several destination fields as one, and of several From none shall be hidden. A field that is no address
    /// list has none.
    /// </summary>
    public static AddressList Read(ParsedHeaders headers, string name)
    {
        var lists = headers.All(name).Select(field => field.Unfolded).Where(text => AddressReader.ReadList(text, out _) is null).ToList();
        return lists.Count > 0 && AddressReader.ReadList(string.Join(", ", lists), out var list) is null ? list! : AddressList.Empty;
    }
}
