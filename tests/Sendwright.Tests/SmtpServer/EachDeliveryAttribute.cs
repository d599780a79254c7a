using System.Reflection;
using Sendwright.Testing;
using Xunit.Sdk;
using Xunit.v3;

namespace Sendwright.Tests.SmtpServer;

/// <summary>Runs a conversation whole, by line and by byte.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EachDeliveryAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>([.. Enum.GetValues<ByteDelivery>().Select(delivery => new TheoryDataRow<ByteDelivery>(delivery))]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
