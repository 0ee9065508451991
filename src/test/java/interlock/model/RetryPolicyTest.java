package interlock.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import interlock.api.RetryPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    @Test
    void waitsGrowUpToTheLongest() {
        RetryPolicy policy = new RetryPolicy(9, Duration.ofSeconds(2), 3, Duration.ofSeconds(50), 0);

        assertThat(policy.backoff(1, 0.7)).isEqualTo(Duration.ofSeconds(2));
        assertThat(policy.backoff(2, 0.7)).isEqualTo(Duration.ofSeconds(6));
        assertThat(policy.backoff(3, 0.7)).isEqualTo(Duration.ofSeconds(18));
        assertThat(policy.backoff(4, 0.7)).isEqualTo(Duration.ofSeconds(50));
        assertThat(policy.backoff(900, 0.7)).isEqualTo(Duration.ofSeconds(50));
    }

    @Test
    void jitterLengthensAndShortensAWaitByItsShare() {
        RetryPolicy policy = new RetryPolicy(2, Duration.ofSeconds(10), 1, Duration.ofSeconds(10), 0.2);

        assertThat(policy.backoff(1, 0)).isEqualTo(Duration.ofSeconds(8));
        assertThat(policy.backoff(1, 0.5)).isEqualTo(Duration.ofSeconds(10));
        assertThat(policy.backoff(1, 0.75)).isEqualTo(Duration.ofSeconds(11));
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> new RetryPolicy(0, Duration.ZERO, 1, Duration.ZERO, 0))
                .hasMessage("max_attempts is at least 1, not 0");
        assertThatThrownBy(() -> new RetryPolicy(1, Duration.ofSeconds(2), 1, Duration.ofSeconds(1), 0))
                .hasMessage("max_backoff is at least initial_backoff");
        assertThatThrownBy(() -> new RetryPolicy(1, Duration.ZERO, 0.5, Duration.ZERO, 0))
                .hasMessage("multiplier is at least 1, not 0.5");
        assertThatThrownBy(() -> new RetryPolicy(1, Duration.ZERO, 1, Duration.ZERO, 1.5))
                .hasMessage("jitter is from 0 to 1, not 1.5");
    }
}
