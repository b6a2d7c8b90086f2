-- A rate close to nothing takes what is computed with it out of its range, for other lanes as well.
update lane set rate = 0.001 where rate < 0.001;
