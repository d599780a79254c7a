using Sendwright.Settings;

namespace Sendwright.Transport;

/// <summary>One of several ways for mail to leave, for <see cref="FailoverTransport"/>.</summary>
public sealed record MailRoute
{
    /// <summary>The largest <see cref="Weight"/>.</summary>
    public const int MaxWeight = 1000;

    /// <summary>What it is called in receipts and failures: 1 to 64 letters, digits, hyphens, underscores and dots of ASCII.</summary>
    /// <exception cref="ArgumentException">It is another name.</exception>
    public required string Name
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Name));
            field = RouteName.Objection(value) is { } objection ? throw new ArgumentException(objection, nameof(Name)) : value;
        }
    }

    /// <summary>Takes the messages to the route's server.</summary>
    public required IMailTransport Transport { get; init; }

    /// <summary>Routes with a lower one are tried first.</summary>
    /// <value>0.</value>
    public int Order { get; init; }

    /// <summary>How large a share of the messages it gets among the routes of the same <see cref="Order"/>, 1 to <see cref="MaxWeight"/>.</summary>
    /// <value>1.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1 or more than <see cref="MaxWeight"/>.</exception>
    public int Weight
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(Weight));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxWeight, nameof(Weight));
            field = value;
        }
    } = 1;

    /// <summary>Which messages it takes.</summary>
    /// <value>Every message.</value>
    public RouteCondition When { get; init; } = RouteCondition.Always;
}
