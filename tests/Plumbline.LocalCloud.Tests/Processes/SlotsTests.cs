using Plumbline.Aws.Instances;
using Plumbline.LocalCloud.Processes.Capacity;

namespace Plumbline.LocalCloud.Tests.Processes;

public sealed class SlotsTests
{
    private static readonly InstanceType Large = InstanceSize.Of("ml.m5.4xlarge");
    private static readonly InstanceType Gpu = InstanceSize.Of("ml.p3.8xlarge");

    [Theory]
    [InlineData("ml.m5.large", 2, 0)]
    [InlineData("ml.m5.xlarge", 4, 0)]
    [InlineData("ml.c5.4xlarge", 16, 0)]
    [InlineData("ml.t3.medium", 2, 0)]
    [InlineData("ml.g4dn.xlarge", 4, 1)]
    [InlineData("ml.p3.8xlarge", 32, 4)]
    [InlineData("ml.m4.16xlarge", 64, 0)]
    [InlineData("ml.c5n.9xlarge", 36, 0)]
    [InlineData("ml.new.2xlarge", 8, 0)]
    [InlineData("ml.new.xlarge", 4, 0)]
    [InlineData("ml.new.large", 2, 0)]
    public void An_instance_type_has_what_AWS_gives_it_or_what_its_size_says(string name, int cpus, int gpus)
    {
        var type = InstanceSize.Of(name);
        (type.Cpus, type.Gpus).ShouldBe((cpus, gpus));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(16, 8)]
    [InlineData(64, 16)]
    public void A_slot_is_the_smaller_of_the_type_and_half_of_the_machine(int machine, int expected) =>
        new Slots(machine, []).Share(Large).Cpus.ShouldBe(expected);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Two_fit_a_third_waits_and_the_line_is_kept(int cpus)
    {
        var slots = new Slots(cpus, []);
        var first = slots.TryTake(Large).ShouldNotBeNull();
        slots.TryTake(Large).ShouldNotBeNull();

        slots.TryTake(Large).ShouldBeNull();
        var third = slots.TakeAsync(Large, CancellationToken.None);
        using var gaveUp = new CancellationTokenSource();
        var fourth = slots.TakeAsync(Large, gaveUp.Token);
        var fifth = slots.TakeAsync(Large, CancellationToken.None);
        first.Dispose();
        first.Dispose();
        (await third).Cpus.ShouldBe(1);
        await gaveUp.CancelAsync();
        (await third).Dispose();

        await Should.ThrowAsync<OperationCanceledException>(() => fourth);
        (await fifth).Cpus.ShouldBe(1);
    }

    [Fact]
    public void Gpus_are_handed_out_singly_and_come_back()
    {
        var slots = new Slots(64, [0, 1, 2, 3]);

        var first = slots.TryTake(Gpu).ShouldNotBeNull();
        var second = slots.TryTake(Gpu).ShouldNotBeNull();
        first.Gpus.Concat(second.Gpus).ShouldBe([0, 1, 2, 3]);
        slots.TryTake(Gpu).ShouldBeNull();

        first.Dispose();
        slots.TryTake(Gpu).ShouldNotBeNull().Gpus.ShouldBe([0, 1]);
    }

    [Fact]
    public void A_job_that_runs_already_has_its_slot_whether_or_not_there_is_room()
    {
        var slots = new Slots(2, []);
        slots.TakeOver(2, []);

        slots.TryTake(Large).ShouldBeNull();
    }
}
