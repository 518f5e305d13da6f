package dev.belfry.testing;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Lets BlockHound take for blocking what accounts choose, however short it is: reading
 * conditions and texts of alerts, looking at them, e-mails as they are written. What does
 * any of it on an event loop, a timer or a shared scheduler fails its test.
 */
public final class TenantWorkApart implements BlockHoundIntegration {

	@Override
	public void applyTo(BlockHound.Builder builder) {
		builder.markAsBlocking("dev.belfry.conditions.values.Evaluation", "charge", "(J)V")
			.markAsBlocking("dev.belfry.conditions.tree.Condition", "read",
					"(Ldev/belfry/catalog/types/EventType;Ljava/util/Map;Ldev/belfry/input/InputErrors;)"
							+ "Ldev/belfry/conditions/tree/Condition;")
			.markAsBlocking("dev.belfry.templates.Template", "read",
					"(Ldev/belfry/catalog/types/EventType;Ljava/lang/String;Ljava/lang/String;"
							+ "Ldev/belfry/input/InputErrors;)Ldev/belfry/templates/Template;")
			.markAsBlocking("dev.belfry.templates.Template", "render",
					"(Ljava/util/Map;Ldev/belfry/catalog/types/Formats;Ldev/belfry/values/Steps;)"
							+ "Ldev/belfry/templates/Rendered;")
			.markAsBlocking("dev.belfry.delivery.composing.PlainPart", "of",
					"(Ldev/belfry/delivery/composing/StoredEmail;Ljava/lang/String;)Ljava/lang/String;");
	}

}
