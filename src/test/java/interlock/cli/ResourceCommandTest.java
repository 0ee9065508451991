package interlock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResourceCommandTest extends CommandFixture {
    @Test
    void aCapacityIsSetListedShownAndRemoved() {
        var set = run("resource", "set", "rack/r1/upper half", "--capacity", "3");
        var list = run("resource", "list", "--kind", "rack");
        var shown = run("resource", "show", "rack/r1/upper half");
        var removed = run("resource", "unset", "rack/r1/upper half");

        assertThat(set.err()).isEmpty();
        assertThat(set.out()).containsPattern("rack/r1/upper half +3 +0 +3 +operator");
        assertThat(list.out()).startsWith("RESOURCE").contains("rack/r1/upper half");
        assertThat(shown.out()).contains("rack/r1/upper half");
        assertThat(removed.out()).startsWith("rack/r1/upper half has no capacity of its own any more");
        assertThat(run("resource", "show", "rack/r1/upper half").err())
                .isEqualTo("interlock: no resource is named 'rack/r1/upper half'%n".formatted());
        assertThat(run("resource", "unset", "rack/r1/upper half").exit()).isEqualTo(1);
    }

    @Test
    void anInvalidNameOrCapacityIsRefused() {
        assertThat(run("resource", "show", "rack").err()).contains("'rack' is not the name of a resource: KIND/ID");
        assertThat(run("resource", "set", "rack/r2", "--capacity", "-1").err())
                .contains("capacity: must be an integer from 0 to 1,000,000, not -1");
        assertThat(run("resource", "set", "rack/r2").exit()).isEqualTo(2);
    }
}
