using System.Reflection;
using Sendwright.Doctor;
using Sendwright.SmtpServer;
using Sendwright.Templates;
using Sendwright.Testing;

namespace Sendwright.Tests.Conventions;

/// <summary>What holds for the whole public surface, so that nobody has to watch over it.</summary>
public sealed class PublicApiTests
{
    private static readonly Assembly[] Libraries = [typeof(EmailMessage).Assembly, typeof(MailDoctor).Assembly, typeof(SmtpListener).Assembly, typeof(ScriptedSmtpServer).Assembly, typeof(HtmlText).Assembly];

    private static IEnumerable<Type> PublicTypes => Libraries.SelectMany(library => library.GetExportedTypes());

    // A delegate's methods are the compiler's.
    private static IEnumerable<MethodInfo> PublicMethods => PublicTypes.Where(type => !type.IsSubclassOf(typeof(Delegate)))
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
        .Where(method => !method.IsSpecialName);

    [Fact]
    public void Async_methods_end_in_Async_and_take_a_token_last()
    {
        var wrong = PublicMethods
            .Where(method => IsTask(method.ReturnType) && method.Name != nameof(IAsyncDisposable.DisposeAsync))
            .Where(method => !method.Name.EndsWith("Async", StringComparison.Ordinal) || method.GetParameters() is not [.., { ParameterType: var last, HasDefaultValue: true }] || last != typeof(CancellationToken))
            .Where(method => method.GetBaseDefinition() == method)
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}");

        Assert.Empty(wrong);
    }

    [Fact]
    public void Classes_are_sealed_static_or_abstract()
    {
        Assert.Empty(PublicTypes.Where(type => type.IsClass && !type.IsSealed && !type.IsAbstract).Select(type => type.FullName));
    }

    [Fact]
    public void No_name_says_that_nobody_knew_what_it_was()
    {
        string[] empty = ["Manager", "Helper", "Util", "Utils", "Impl", "Base"];

        Assert.DoesNotContain(PublicTypes, type => empty.Any(word => type.Name.EndsWith(word, StringComparison.Ordinal)));
    }

    [Fact]
    public void There_are_no_sync_twins_of_async_methods()
    {
        // But for Dispose: a container that is disposed of synchronously refuses what can only be disposed of asynchronously.
        var names = PublicMethods.Where(method => method.Name != nameof(IAsyncDisposable.DisposeAsync)).Select(method => (method.DeclaringType, method.Name)).ToHashSet();

        Assert.DoesNotContain(names, name => name.Name.EndsWith("Async", StringComparison.Ordinal) && names.Contains((name.DeclaringType, name.Name[..^5])));
    }

    private static bool IsTask(Type type) =>
        type == typeof(Task) || type == typeof(ValueTask) || (type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>)));
}
