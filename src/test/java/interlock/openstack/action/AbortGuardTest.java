package interlock.openstack.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AbortGuardTest {
    private final AbortGuard guard = new AbortGuard();

    @Test
    void anAttemptIsGivenUpBeforeItAsksForAnything() {
        assertThat(guard.giveUp()).isTrue();
        assertThatThrownBy(guard::begin).isInstanceOf(InterruptedException.class);
    }

    @Test
    void anAttemptThatHasAskedIsNotGivenUp() throws InterruptedException {
        guard.begin();

        assertThat(guard.giveUp()).isFalse();
    }
}
