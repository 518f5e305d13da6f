package dev.belfry;

import java.util.List;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

import dev.belfry.embedded.training.Preparation;

/** Belfry: one jar, and PostgreSQL beside it. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class BelfryApplication {

	/** Starts a node, or prepares the jar for fast starts. */
	public static void main(String[] args) throws InterruptedException {
		if (List.of(args).equals(List.of(Preparation.COMMAND))) {
			Preparation.main(args);
			return;
		}
		SpringApplication.run(BelfryApplication.class, args);
	}

}
