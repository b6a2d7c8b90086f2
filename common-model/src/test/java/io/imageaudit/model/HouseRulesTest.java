package io.imageaudit.model;

import io.imageaudit.test.HouseRules;

class HouseRulesTest extends HouseRules {

  HouseRulesTest() {
    super("io.imageaudit.model");
  }
}
