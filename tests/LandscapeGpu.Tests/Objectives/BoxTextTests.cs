namespace LandscapeGpu.Tests.Objectives;

public sealed class BoxTextTests
{
    [Fact]
    public void Many_equal_sides_of_a_box_are_written_once()
    {
        Assert.Equal("[0, 1] x [-2, 2]^299", Region.Box([0, .. Enumerable.Repeat(-2.0, 299)], [1, .. Enumerable.Repeat(2.0, 299)]).ToString());
        Assert.Equal("[-3, 3] x [-2, 2] x [-2, 2]", Region.Box([-3.0, -2, -2], [3.0, 2, 2]).ToString());
    }
}
