package dev.belfry.log.hints;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * For an installation of one node, or behind a pooler that cannot carry notifications:
 * the poll does it all.
 */
@Component
@ConditionalOnProperty(name = "belfry.live.hints", havingValue = "false")
class NoHints implements Hints {

	@Override
	public void send(Hint hint) {
		// The other nodes poll.
	}

}
