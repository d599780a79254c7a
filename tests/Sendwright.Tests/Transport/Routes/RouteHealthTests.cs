using FsCheck;
using FsCheck.Fluent;
using Sendwright.Testing;
using Sendwright.Transport.Routes;

namespace Sendwright.Tests.Transport.Routes;

public sealed class RouteHealthTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void Each_failure_sets_it_aside_for_twice_as_long_up_to_five_minutes()
    {
        var health = new RouteHealth(_clock);
        var spans = new List<double>();
        for (var i = 0; i < 10; i++)
        {
            health.Failed(health.TryBegin()!.Value);
            spans.Add(health.SetAsideFor.TotalSeconds);
            _clock.Advance(health.SetAsideFor);
        }

        Assert.Equal([5, 10, 20, 40, 80, 160, 300, 300, 300, 300], spans);
    }

    [Fact]
    public void When_the_time_is_over_one_message_alone_probes_it()
    {
        var health = new RouteHealth(_clock);
        health.Failed(health.TryBegin()!.Value);

        Assert.Null(health.TryBegin());
        _clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Null(health.TryBegin());
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        var probe = health.TryBegin();
        Assert.NotNull(probe);
        Assert.Null(health.TryBegin());
        health.Worked(probe.Value);
        Assert.NotNull(health.TryBegin());
        Assert.NotNull(health.TryBegin());
        Assert.Equal(TimeSpan.Zero, health.SetAsideFor);
    }

    [Fact]
    public void A_probe_that_decides_nothing_leaves_the_question_to_the_next_message()
    {
        var health = new RouteHealth(_clock);
        health.Failed(health.TryBegin()!.Value);
        _clock.Advance(TimeSpan.FromSeconds(5));

        health.Undecided(health.TryBegin()!.Value);

        Assert.NotNull(health.TryBegin());
        Assert.Null(health.TryBegin());
    }

    [Fact]
    public void Many_messages_that_meet_the_same_failure_are_one_failure()
    {
        var health = new RouteHealth(_clock);
        var uses = Enumerable.Range(0, 50).Select(_ => health.TryBegin()!.Value).ToList();

        foreach (var use in uses)
        {
            health.Failed(use);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(RouteHealth.Shortest, health.SetAsideFor);
    }

    [Fact]
    public void What_began_before_the_failure_says_nothing_about_the_time_after_it()
    {
        var health = new RouteHealth(_clock);
        var early = health.TryBegin()!.Value;
        health.Failed(health.TryBegin()!.Value);

        health.Worked(early);

        Assert.Null(health.TryBegin());
    }

    [Fact]
    public void A_message_that_has_no_other_route_brings_it_back_or_makes_nothing_worse()
    {
        var health = new RouteHealth(_clock);
        health.Failed(health.TryBegin()!.Value);

        health.Failed(health.BeginAnyway());
        Assert.Equal(RouteHealth.Shortest, health.SetAsideFor);
        health.Worked(health.BeginAnyway());

        Assert.Equal(TimeSpan.Zero, health.SetAsideFor);
    }

    [Fact]
    public void Whatever_happens_a_route_is_never_lost_and_never_probed_by_two() => Prop.ForAll(
        Gen.Choose(0, 5).ArrayOf(120).ToArbitrary(),
        steps =>
        {
            var clock = new ManualTimeProvider();
            var health = new RouteHealth(clock);
            var open = new List<RouteUse>();
            foreach (var step in steps)
            {
                switch (step)
                {
                    case 0 when health.TryBegin() is { } use:
                        open.Add(use);
                        break;
                    case 1:
                        open.Add(health.BeginAnyway());
                        break;
                    case 2 when open.Count > 0:
                        health.Failed(Next());
                        break;
                    case 3 when open.Count > 0:
                        health.Worked(Next());
                        break;
                    case 4 when open.Count > 0:
                        health.Undecided(Next());
                        break;
                    default:
                        clock.Advance(TimeSpan.FromSeconds(3));
                        break;
                }

                Assert.InRange(open.Count(use => use.IsProbe), 0, 1);
                Assert.InRange(health.SetAsideFor, TimeSpan.Zero, RouteHealth.Longest);
            }

            while (open.Count > 0)
                health.Undecided(Next());
            clock.Advance(RouteHealth.Longest);
            Assert.NotNull(health.TryBegin());

            RouteUse Next()
            {
                var use = open[0];
                open.RemoveAt(0);
                return use;
            }
        }).QuickCheckThrowOnFailure();
}
